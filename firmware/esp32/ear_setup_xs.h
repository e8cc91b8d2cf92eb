/* What JavaScript lets an ear hear with: wake words, phone model, grammar. For the class of the chip and that of the
 * simulator, which differ in where an ear lies and in where its memory comes from.
 *
 * The functions read the arguments of the JavaScript function that is being called, as esp32/ear.d.ts says; they throw
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

/* A model in its place. Its arena stays, so that another takes no memory but by what its own is larger. */
typedef struct {
  int only_while_awake;
  const uint8_t *file;
  model *net; /* NULL: none is open */
  void *arena;
  size_t arena_bytes;
} ear_setup_model;

typedef struct {
  ear *ear;
  ear_setup_memory memory;
  ear_setup_model wake_words[EAR_MAX_WAKE_WORDS];
  ear_setup_model word_verifiers[EAR_MAX_WAKE_WORDS];
  ear_setup_model embedding;
  ear_setup_model phones;
  decoder *commands; /* takes one grammar after the other */
} ear_setup;

/* Makes the ear as well, in memory of this kind. */
void ear_setup_init(xsMachine *the, ear_setup *self, const ear_setup_memory *memory);

/* Again and again, if need be. A part for which it throws is gone from the ear. */
void ear_setup_configure(xsMachine *the, ear_setup *self);

/* For the other methods of both classes. */
void ear_setup_need_arguments(xsMachine *the, int count);
const uint8_t *ear_setup_resource(xsMachine *the, xsSlot *slot, size_t *byte_length);
int ear_setup_named(xsMachine *the, int argument, int (*number_of_name)(const char *));
double ear_setup_sample(xsMachine *the, int argument);

#endif
