/* The mute protocol of mute.c for the model checker spin: every interleaving of switch, interrupt, microphone, ear
 * task and JavaScript. A step of the C is one label here, of the same name, and is as atomic as there: one load or
 * store of one word. tests/firmware/mute holds the names and their order equal, checks this model, and checks that each broken
 * protocol (a macro each, named for what it does wrong) is found out.
 *
 * The world: the switch closes PULSES times, each for any time however short, and is open in the end; the interrupt
 * may be late by any time; the microphone keeps recording, whatever its power line says. */

#ifndef PULSES
#define PULSES 3 /* bounces count */
#endif
#ifndef REQUESTS
#define REQUESTS 1 /* how often JavaScript mutes and unmutes */
#endif
#ifndef CALM
#define CALM 1 /* looks without any mute before the ear begins to open */
#endif
#ifndef QUEUED
#define QUEUED 2 /* buffers that the driver keeps; it drops the oldest when the ear is late */
#endif
#ifndef STALE
#define STALE (QUEUED + 1) /* those, and the one being filled */
#endif
#define MESSAGES 2 /* between ear task and JavaScript; when they are full the ear waits */

/* The world. */
bit switch_on = 0;
bit edge_waits = 0;   /* the pin's interrupt status */
bit power_off = 1;    /* mute_init */
bit buffer_taint = 0; /* whether any sample of the buffer being filled was captured under a mute */
chan driver = [QUEUED] of { bit };
bit muted_by_script = 0; /* from the return of mute_request(1) to the call of mute_request(0) */

/* The words of struct mute. */
byte edges = 0;
bit requested = 0;
byte requests = 0;
byte seen_edges = 0;
byte seen_requests = 0;
bit open = 0;

/* From the ear task to JavaScript; left out without TELLS. */
mtype = { heard, began, ended };
#ifdef TELLS
chan to_script = [MESSAGES] of { mtype };
#define SEND(message) to_script!message
#else
#define SEND(message) skip
#endif

/* What is only there to state claims. */
bit interrupt_idle = 1;
bit counted_mute = 0; /* an edge was counted and the ear has not opened since */

active proctype Switch() {
  byte pulses = 0;
  do
  :: pulses < PULSES ->
     atomic { switch_on = 1; edge_waits = 1; buffer_taint = 1; pulses++ }
     atomic { switch_on = 0; edge_waits = 1 }
  :: pulses == PULSES -> break
  od
}

active proctype Microphone() {
  do
  :: atomic {
       if
       :: full(driver) -> driver?_
       :: nfull(driver)
       fi;
       driver!buffer_taint;
       buffer_taint = switch_on || muted_by_script
     }
  od
}

/* The handler runs elsewhere, step by step, and is acknowledged last; or, with SAME_CORE, between two steps of the
 * ear task, as a whole, in any order. ACKNOWLEDGED_FIRST elsewhere is broken: for a moment the edge shows nowhere. */
active proctype Interrupt() {
end:
  do
#ifdef SAME_CORE
  :: atomic {
       edge_waits -> edge_waits = 0;
       edges++; counted_mute = 1;
       power_off = 1
     }
#else
  :: atomic {
       edge_waits -> interrupt_idle = 0;
#ifdef ACKNOWLEDGED_FIRST
       edge_waits = 0
#endif
     }
#ifdef BELIEVES_THE_LEVEL
     if
     :: !switch_on -> goto acknowledge
     :: else
     fi;
#endif
#ifdef POWER_BEFORE_COUNT
     power_off = 1;
     atomic { edges++; counted_mute = 1 }
#else
count_edge:
     atomic { edges++; counted_mute = 1 }
cut_power:
     power_off = 1;
#endif
acknowledge:
     atomic {
       interrupt_idle = 1;
#ifndef ACKNOWLEDGED_FIRST
       edge_waits = 0
#endif
     }
#endif
  od
}

active proctype Ear() {
  bit has_buffer, taint, asks;
  byte now_edges, now_requests, calm = 0, stale_left = 0;
  do
  :: atomic {
       /* Between two looks: a mute that is in force, or has been counted, has cut the power. */
       assert(open || calm == CALM || power_off);
       assert(!interrupt_idle || edges == seen_edges || power_off);
#ifdef LOOKS_BEFORE_THE_BUFFER
       asks = switch_on || edge_waits
     }
     atomic {
#endif
       if
       :: driver?taint -> has_buffer = 1
       :: empty(driver) /* the microphone stands still */
       fi
     }
#ifdef COUNTS_BEFORE_THE_SWITCH
     now_edges = edges;
#endif
#if !defined(NEVER_LOOKS) && !defined(LOOKS_BEFORE_THE_BUFFER)
read_switch:
     asks = switch_on;
#ifndef MISSES_WAITING_EDGES
     asks = asks || edge_waits;
#endif
#endif
#ifndef COUNTS_BEFORE_THE_SWITCH
read_edges:
     now_edges = edges;
#endif
read_requests:
     now_requests = requests;
read_requested:
     atomic {
       asks = asks || requested || now_edges != seen_edges || now_requests != seen_requests;
       if
       :: asks
       :: !asks -> now_edges = 0; now_requests = 0
       fi
     }
     if
     :: asks ->
        if
        :: open -> SEND(began)
        :: !open
        fi;
#ifdef NOTES_BEFORE_CLOSING
        seen_edges = now_edges;
        seen_requests = now_requests;
        open = 0;
#else
close_gate:
        open = 0;
#ifndef NEVER_NOTES
note_edges:
        seen_edges = now_edges;
#endif
note_requests:
        seen_requests = now_requests;
#endif
close_power:
        atomic { power_off = 1; calm = 0; stale_left = 0; now_edges = 0; now_requests = 0 }
     :: !asks && open ->
        assert(!taint); /* to the features: the promise */
        if
        :: has_buffer ->
progress_heard:
           if
           :: SEND(heard)
           :: true
           fi
        :: !has_buffer
        fi
     :: !asks && !open && calm < CALM ->
grow_calm:
        calm++;
        if
        :: calm == CALM ->
           stale_left = STALE;
give_power:
           power_off = 0;
#ifndef LOOKS_ONCE
look_again:
           if
           :: edges != seen_edges ->
cut_again:
              power_off = 1
           :: else
           fi
#endif
        :: else
        fi
     :: !asks && !open && calm == CALM && has_buffer ->
#ifdef OPENS_AT_ONCE
        stale_left = 1;
#endif
drop_stale:
        stale_left--;
        if
        :: stale_left == 0 ->
open_gate:
           atomic { open = 1; counted_mute = 0 }
           SEND(ended)
        :: else
        fi
     :: !asks && !open && calm == CALM && !has_buffer
     fi;
zero:
     atomic {
       has_buffer = 0; taint = 0; asks = 0;
#ifndef LOOKS_AT_THE_RING
       /* Only differences matter: counting from here keeps the number of states small. */
       edges = edges - seen_edges; seen_edges = 0;
       requests = requests - seen_requests; seen_requests = 0
#endif
     }
  od
}

#if REQUESTS > 0
active proctype Script() {
  byte times = 0;
  do
  :: times < REQUESTS ->
request:
     requested = 1;
#ifndef FORGETS_TO_COUNT
count_request:
     requests++;
#endif
     atomic { muted_by_script = 1; buffer_taint = 1 }
     muted_by_script = 0;
     requested = 0;
#ifndef FORGETS_TO_COUNT
     requests++;
#endif
     times++
  :: times == REQUESTS -> break
  od
}
#endif

#ifdef TELLS
/* Edges of the mute come to JavaScript in order with what was heard. */
active proctype Events() {
  bit sees_mute = 1;
end:
  do
  :: to_script?began -> assert(!sees_mute); sees_mute = 1
  :: to_script?ended -> assert(sees_mute); sees_mute = 0
  :: to_script?heard -> assert(!sees_mute)
  od
}
#endif

#ifdef LOOKS_AT_THE_RING
/* mute_is_on: a mute that was counted before, and lasts, is shown. */
active proctype Ring() {
  bit claim, shown;
  byte era, now;
end:
  do
  :: claim = counted_mute;
     shown = requested;
     era = seen_edges;
     era = era + seen_requests;
     now = edges;
     now = now + requests;
     atomic {
       assert(!claim || !counted_mute || shown || now != era || !open);
       claim = 0; shown = 0; era = 0; now = 0
     }
  od
}
#endif
