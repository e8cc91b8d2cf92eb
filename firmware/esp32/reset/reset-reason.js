/* The SDK's C; reset-reason.d.ts says what it does. */
export default function resetReason() {
  return native('xs_esp32_reset_reason').call(this);
}
