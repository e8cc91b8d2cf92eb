/** Why the chip started: ESP-IDF's `esp_reset_reason_t`. */
export default function resetReason(): number;
