#include "interpreter.h"

#define ALIGNMENT 16

/* A value that needs bytes from operator `first` to operator `last`, both included. Placed values form a list
 * in order of offset. */
typedef struct {
  uint64_t offset, bytes;
  int32_t first, last;
  int32_t next;
  interpreter_tensor *tensor;      /* one of these two */
  interpreter_operator *operation; /* whose scratch this is */
} placement;

static uint64_t aligned(uint64_t bytes) {
  return (bytes + ALIGNMENT - 1) & ~(uint64_t)(ALIGNMENT - 1);
}

void *interpreter_reserve(interpreter_builder *builder, uint64_t bytes) {
  uint64_t start = builder->arena_used;
  builder->arena_used += aligned(bytes);
  return builder->arena_used <= builder->arena_bytes ? builder->arena + start : NULL;
}

static int32_t collect(model *self, placement *items) {
  int32_t count = 0;
  for (int32_t i = 0; i < self->tensor_count; i++) {
    interpreter_tensor *tensor = &self->tensors[i];
    if (tensor->value == VALUE_CONSTANT || tensor->value == VALUE_UNWRITTEN ||
        tensor->type == TENSOR_RESOURCE)
      continue;
    if (items != NULL)
      items[count] = (placement){
          0, aligned((uint64_t)tensor->byte_length), tensor->first, tensor->last, -1, tensor, NULL};
    count++;
  }
  for (int32_t i = 0; i < self->operator_count; i++) {
    interpreter_operator *operation = &self->operators[i];
    if (operation->scratch_bytes == 0) continue;
    if (items != NULL)
      items[count] = (placement){0, aligned((uint64_t)operation->scratch_bytes), i, i, -1, NULL, operation};
    count++;
  }
  return count;
}

/* Largest first: the small ones then fit into what is left between. */
static void sort_by_size(placement *items, int32_t count) {
  for (int32_t i = 1; i < count; i++) {
    placement item = items[i];
    int32_t at = i;
    for (; at > 0 && items[at - 1].bytes < item.bytes; at--) items[at] = items[at - 1];
    items[at] = item;
  }
}

/* Lowest offset at which the item meets no placed value that lives at the same time. Returns the end of it
 * all. */
static uint64_t place(placement *items, int32_t index, int32_t *head) {
  placement *item = &items[index];
  for (int32_t at = *head; at >= 0; at = items[at].next) {
    const placement *other = &items[at];
    if (other->last < item->first || other->first > item->last) continue;
    if (other->offset >= item->offset + item->bytes) break;
    if (other->offset + other->bytes > item->offset) item->offset = other->offset + other->bytes;
  }
  int32_t *link = head;
  while (*link >= 0 && items[*link].offset <= item->offset) link = &items[*link].next;
  item->next = *link;
  *link = index;
  return item->offset + item->bytes;
}

static void settle(const placement *items, int32_t count, uint8_t *base) {
  for (int32_t i = 0; i < count; i++) {
    uint8_t *bytes = base + items[i].offset;
    if (items[i].tensor != NULL) {
      items[i].tensor->bytes = bytes;
      items[i].tensor->writable = bytes;
    } else {
      items[i].operation->scratch = bytes;
    }
  }
}

model_status interpreter_plan(interpreter_builder *builder) {
  model *self = builder->self;
  for (int32_t i = 0; i < self->variable_count; i++)
    self->variables[i].bytes = interpreter_reserve(builder, (uint64_t)self->variables[i].byte_length);
  uint64_t base = builder->arena_used, total = 0;
  int32_t count = collect(self, NULL), head = -1;
  /* The list itself is gone once the model runs: it may lie where the values will be. */
  placement *items = interpreter_reserve(builder, (uint64_t)count * sizeof *items);
  uint64_t list_end = builder->arena_used;
  if (items != NULL) {
    collect(self, items);
    sort_by_size(items, count);
    for (int32_t i = 0; i < count; i++) {
      uint64_t end = place(items, i, &head);
      if (end > total) total = end;
    }
  }
  self->arena_used = (size_t)(base + total);
  builder->arena_used = base + total > list_end ? base + total : list_end;
  if (builder->arena_used > builder->arena_bytes) return MODEL_ARENA_TOO_SMALL;
  settle(items, count, builder->arena + base);
  return MODEL_OK;
}
