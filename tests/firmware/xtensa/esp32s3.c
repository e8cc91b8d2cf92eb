/* A program on a bare ESP32-S3: whoever holds the chip writes a job into its memory before it starts, and finds the answer
 * there once it is done. */
#include <string.h>

#include "machine.h"

int main(void);
void run(void);

uint8_t esp32s3_job[JOB_BYTES];
uint32_t esp32s3_job_bytes;
uint8_t esp32s3_answer[ANSWER_BYTES];
uint32_t esp32s3_answer_bytes;
volatile uint32_t esp32s3_ended; /* the exit status and one more */

__asm__(".section .literal.start, \"ax\"\n"
        ".align 4\n"
        "top: .word stack_top\n"
        ".section .text.start, \"ax\"\n"
        ".align 4\n"
        ".global _start\n"
        "_start: l32r a1, top\n"
        "call0 run\n");

void run(void) {
  machine_exit(main());
}

void machine_exit(int status) {
  esp32s3_ended = (uint32_t)status + 1;
  for (;;) continue;
}

size_t machine_read(void *to, size_t byte_length) {
  const size_t count = esp32s3_job_bytes < byte_length ? esp32s3_job_bytes : byte_length;
  memcpy(to, esp32s3_job, count);
  return count;
}

void machine_write(const void *from, size_t byte_length) {
  if (byte_length > ANSWER_BYTES - esp32s3_answer_bytes) machine_exit(3);
  memcpy(esp32s3_answer + esp32s3_answer_bytes, from, byte_length);
  esp32s3_answer_bytes += (uint32_t)byte_length;
}
