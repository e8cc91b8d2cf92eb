/* A QEMU plugin that counts the instructions between two calls of write(2): a driver writes once for each piece of its
 * work. Its counts go to the file named by the argument `counts`, 64 bits each, in order.
 *
 * The declarations are the part of QEMU's plugin interface that is used here; the Debian package has no header. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#ifndef PLUGIN_VERSION
#define PLUGIN_VERSION 1 /* of the interface: 1 for QEMU 7.2; toolchains.py tries */
#endif

#define SYSTEM_WRITE 13 /* on Xtensa */
#define NO_REGISTERS 0  /* QEMU_PLUGIN_CB_NO_REGS */

typedef uint64_t plugin_id;
typedef struct qemu_plugin_tb qemu_plugin_tb;

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, void (*callback)(plugin_id, qemu_plugin_tb *));
void qemu_plugin_register_vcpu_tb_exec_cb(qemu_plugin_tb *block, void (*callback)(unsigned, void *),
                                          int flags, void *data);
void qemu_plugin_register_vcpu_syscall_cb(plugin_id id,
                                          void (*callback)(plugin_id, unsigned, int64_t, uint64_t, uint64_t,
                                                           uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                                                           uint64_t));
void qemu_plugin_register_atexit_cb(plugin_id id, void (*callback)(plugin_id, void *), void *data);
size_t qemu_plugin_tb_n_insns(const qemu_plugin_tb *block);

__attribute__((visibility("default"))) int qemu_plugin_version = PLUGIN_VERSION;

static uint64_t instructions;
static uint64_t counted;
static FILE *counts;

static void block_runs(unsigned cpu, void *block_instructions) {
  (void)cpu;
  instructions += (uintptr_t)block_instructions;
}

static void block_translated(plugin_id id, qemu_plugin_tb *block) {
  (void)id;
  qemu_plugin_register_vcpu_tb_exec_cb(block, block_runs, NO_REGISTERS,
                                       (void *)(uintptr_t)qemu_plugin_tb_n_insns(block));
}

static void system_called(plugin_id id, unsigned cpu, int64_t number, uint64_t a, uint64_t b, uint64_t c,
                          uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h) {
  (void)id, (void)cpu, (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
  if (number != SYSTEM_WRITE) return;
  const uint64_t since = instructions - counted;
  counted = instructions;
  fwrite(&since, sizeof since, 1, counts);
}

static void ends(plugin_id id, void *data) {
  (void)id, (void)data;
  fclose(counts);
}

__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const void *info, int count,
                                                               char **arguments) {
  (void)info;
  for (int i = 0; i < count; i++)
    if (strncmp(arguments[i], "counts=", 7) == 0) counts = fopen(arguments[i] + 7, "wb");
  if (!counts) return 1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, block_translated);
  qemu_plugin_register_vcpu_syscall_cb(id, system_called);
  qemu_plugin_register_atexit_cb(id, ends, NULL);
  return 0;
}
