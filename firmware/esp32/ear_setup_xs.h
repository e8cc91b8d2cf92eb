/* What JavaScript tells an ear before it hears: wake words, phone model, grammar. For the class of the chip and that of
 * the simulator, which differ in where an ear lies and in where its memory comes from.
 *
 * The methods read the arguments of the JavaScript function that is being called, as esp32/ear.d.ts says; they throw
 * TypeError, RangeError or Error, with the reason. */
#ifndef EARSHOT_EAR_SETUP_XS_H
#define EARSHOT_EAR_SETUP_XS_H

#include "../natives/ear/ear.h"
#include "xsmc.h"

/* An ear's memory: zeroed, aligned to 16, given back with the ear. */
typedef struct {
  void *owner;
  /* NULL when there is none. What is used only while the ear looks or listens may be slower. */
  void *(*take)(void *owner, size_t byte_length, int only_while_awake);
  void (*give_back_newest)(void *owner);
} ear_setup_memory;

typedef struct {
  ear *ear;
  ear_setup_memory memory;
  /* What understands commands. It stays, so that another grammar takes no memory, and another phone model none but what
   * its arena is larger. */
  const uint8_t *phones_file;
  model *phones;
  void *phones_arena;
  size_t phones_arena_bytes;
  decoder *commands;
} ear_setup;

/* Makes the ear as well, in memory of this kind. */
void ear_setup_init(xsMachine *the, ear_setup *self, const ear_setup_memory *memory);

void ear_setup_add_wake_word(xsMachine *the, ear_setup *self);
void ear_setup_set_point(xsMachine *the, ear_setup *self);
void ear_setup_set_pronunciations(xsMachine *the, ear_setup *self);
void ear_setup_set_embedding(xsMachine *the, ear_setup *self);
void ear_setup_set_verifier(xsMachine *the, ear_setup *self);

/* Again and again, if need be. What it throws leaves an ear that understands no commands. */
void ear_setup_set_commands(xsMachine *the, ear_setup *self);

/* For the other methods of both classes. */
void ear_setup_need_arguments(xsMachine *the, int count);
const uint8_t *ear_setup_resource(xsMachine *the, xsSlot *slot, size_t *byte_length);
int ear_setup_named(xsMachine *the, int argument, int (*number_of_name)(const char *));
double ear_setup_sample(xsMachine *the, int argument);

#endif
