import { isRinging } from './alarms';
import { BOOT_STAGES } from './boot-stages';
import { frozen } from './frozen';
import { isMuted, type State } from './state';
import { leftOf, nextTimer } from './timers';

/** A moving or still picture. `paint` finds the ring dark. */
export interface RingPattern {
  readonly name: string;
  readonly applies: (state: State) => boolean;
  /** How long one picture stands; 0 for a still one. */
  readonly stepMs: number;
  readonly paint: (rgb: Uint8Array, step: number, state: State) => void;
}

type Color = readonly [red: number, green: number, blue: number];

/* Dim enough for a bedroom at night: no LED above a quarter of its light. */
const RED: Color = frozen([40, 0, 0]);
const ORANGE: Color = frozen([60, 16, 0]);
const AMBER: Color = frozen([56, 28, 0]);
const WARM_WHITE: Color = frozen([30, 24, 14]);
const GREEN: Color = frozen([0, 44, 12]);
const BLUE: Color = frozen([0, 20, 60]);
const VIOLET: Color = frozen([30, 8, 52]);

/** Brightness along a tail and over a breath, of 256: halving looks even to the eye. */
const TAIL = frozen([256, 112, 48, 16] as const);
const BREATH = frozen([
  24, 28, 36, 48, 66, 90, 120, 154, 188, 216, 238, 251, 256, 251, 238, 216, 188, 154, 120, 90, 66, 48, 36, 28,
]);

/** A minute of steps of 40 ms. */
const SUNRISE_STEPS = 1500;

/** What the ring says, most important first. Mute stands first, always: it is never hidden, and it alone lights
 * every LED without moving, so that it can be told without seeing colours. */
export const PATTERNS: readonly RingPattern[] = frozen([
  { name: 'muted', applies: isMuted, stepMs: 0, paint: paintMuted },
  { name: 'error', applies: (state) => state.phase === 'error', stepMs: 250, paint: paintError },
  { name: 'booting', applies: (state) => state.phase === 'booting', stepMs: 80, paint: paintBooting },
  { name: 'safeMode', applies: (state) => state.isSafeMode, stepMs: 600, paint: paintSafeMode },
  { name: 'asking', applies: (state) => state.phase === 'asking', stepMs: 90, paint: paintAsking },
  { name: 'hearing', applies: isHearing, stepMs: 40, paint: paintHearing },
  { name: 'listening', applies: (state) => state.phase === 'listening', stepMs: 60, paint: paintListening },
  { name: 'thinking', applies: (state) => state.phase === 'thinking', stepMs: 40, paint: paintThinking },
  { name: 'notUnderstood', applies: isPuzzled, stepMs: 140, paint: paintNotUnderstood },
  { name: 'replying', applies: (state) => state.phase === 'replying', stepMs: 40, paint: paintReplying },
  { name: 'alarmRinging', applies: isAlarmRinging, stepMs: 40, paint: paintAlarmRinging },
  {
    name: 'timerRinging',
    applies: (state) => state.phase === 'ringing',
    stepMs: 40,
    paint: paintTimerRinging,
  },
  {
    name: 'timerRunning',
    applies: (state) => state.timers.length > 0,
    stepMs: 1000,
    paint: paintTimerRunning,
  },
  { name: 'timeUnknown', applies: lacksTime, stepMs: 1000, paint: paintTimeUnknown },
  { name: 'off', applies: () => true, stepMs: 0, paint: () => {} },
]);

function isHearing(state: State): boolean {
  return state.phase === 'listening' && state.listening?.speechStarted === true;
}

function isPuzzled(state: State): boolean {
  return state.phase === 'replying' && state.sound?.cue === 'notUnderstood';
}

function isAlarmRinging(state: State): boolean {
  return state.phase === 'ringing' && state.alarms.some(isRinging);
}

/** Alarms are set, and nobody has told the time since the power came back: they cannot ring. */
function lacksTime(state: State): boolean {
  return state.clockOffsetMs === undefined && (state.alarms.length > 0 || state.waitingTimers.length > 0);
}

/** Red, every LED, still. */
function paintMuted(rgb: Uint8Array): void {
  fill(rgb, RED, 256);
}

/** Orange, all blinking. */
function paintError(rgb: Uint8Array, step: number): void {
  if (step % 2 === 0) fill(rgb, ORANGE, 256);
}

/** One white spark that circles, over a faint arc as long as the share of the boot that is done. */
function paintBooting(rgb: Uint8Array, step: number, state: State): void {
  const lit = Math.floor((pixelsOf(rgb) * state.bootStages) / BOOT_STAGES.length);
  for (let pixel = 0; pixel < lit; pixel += 1) light(rgb, pixel, WARM_WHITE, 24);
  comet(rgb, step, WARM_WHITE);
}

/** Every third LED in orange, moving on slowly: awake, but not able to hear. */
function paintSafeMode(rgb: Uint8Array, step: number): void {
  for (let pixel = step % 3; pixel < pixelsOf(rgb); pixel += 3) light(rgb, pixel, ORANGE, 128);
}

/** Blue, sweeping from the front up both sides and back, over a faint ring: ready for words. */
function paintListening(rgb: Uint8Array, step: number): void {
  const half = pixelsOf(rgb) >> 1;
  const there = step % Math.max(1, 2 * half);
  const height = there <= half ? there : 2 * half - there;
  fill(rgb, BLUE, 40);
  light(rgb, height, BLUE, 256);
  light(rgb, -height, BLUE, 256);
}

/** Blue, breathing quickly: words are coming in. */
function paintHearing(rgb: Uint8Array, step: number): void {
  fill(rgb, BLUE, breath(step));
}

/** Two blue arcs to the left and to the right, which light up in turn: this or not? */
function paintAsking(rgb: Uint8Array, step: number): void {
  const pixels = pixelsOf(rgb);
  const quarter = Math.max(1, pixels >> 2);
  const side = (step >> 2) % 2 === 0 ? quarter : pixels - quarter;
  fill(rgb, BLUE, 40);
  for (let off = -(quarter >> 1); off <= quarter >> 1; off += 1) light(rgb, side + off, BLUE, 256);
}

/** Two violet sparks that chase each other. */
function paintThinking(rgb: Uint8Array, step: number): void {
  comet(rgb, step, VIOLET);
  comet(rgb, step + (pixelsOf(rgb) >> 1), VIOLET);
}

/** Green, one soft pulse after another: done. */
function paintReplying(rgb: Uint8Array, step: number): void {
  fill(rgb, GREEN, breath(step + (BREATH.length >> 2)));
}

/** Every other LED in white, changing places, as one shakes one's head. */
function paintNotUnderstood(rgb: Uint8Array, step: number): void {
  for (let pixel = step % 2; pixel < pixelsOf(rgb); pixel += 2) light(rgb, pixel, WARM_WHITE, 256);
}

/** Amber, a pulse with one brighter spark running round: it wants an answer. */
function paintTimerRinging(rgb: Uint8Array, step: number): void {
  fill(rgb, AMBER, breath(step) >> 1);
  light(rgb, step, AMBER, 256);
}

/** Warm white, rising from the front up both sides within a minute, breathing: the sun comes up. */
function paintAlarmRinging(rgb: Uint8Array, step: number): void {
  const half = pixelsOf(rgb) >> 1;
  const risen = Math.min(half, Math.floor((step * half) / SUNRISE_STEPS));
  for (let pixel = -risen; pixel <= risen; pixel += 1)
    light(rgb, pixel, WARM_WHITE, 64 + ((breath(step) * 3) >> 2));
}

/** One amber spark at the front, on and off, slowly: it does not know the time. */
function paintTimeUnknown(rgb: Uint8Array, step: number): void {
  if (step % 2 === 0) light(rgb, 0, AMBER, 128);
}

/** A faint amber arc, as long as the share of time that is left to the next timer. */
function paintTimerRunning(rgb: Uint8Array, step: number, state: State): void {
  const timer = nextTimer(state.timers);
  if (!timer) return;
  const leftMs = leftOf(timer, state.phaseSinceMs + step * 1000);
  const lit = Math.ceil((pixelsOf(rgb) * Math.min(leftMs, timer.durationMs)) / timer.durationMs);
  for (let pixel = 0; pixel < lit; pixel += 1) light(rgb, pixel, AMBER, 32);
}

function breath(step: number): number {
  return BREATH[step % BREATH.length] ?? 0;
}

/** A spark at pixel `head` with its tail behind it. */
function comet(rgb: Uint8Array, head: number, color: Color): void {
  for (let behind = TAIL.length - 1; behind >= 0; behind -= 1)
    light(rgb, head - behind, color, TAIL[behind] ?? 0);
}

function fill(rgb: Uint8Array, color: Color, brightness: number): void {
  for (let pixel = 0; pixel < pixelsOf(rgb); pixel += 1) light(rgb, pixel, color, brightness);
}

/** Lights one pixel, counted round the ring in either direction, at `brightness` of 256. */
function light(rgb: Uint8Array, pixel: number, [red, green, blue]: Color, brightness: number): void {
  const pixels = pixelsOf(rgb);
  const at = 3 * (((pixel % pixels) + pixels) % pixels);
  rgb[at] = (red * brightness) >> 8;
  rgb[at + 1] = (green * brightness) >> 8;
  rgb[at + 2] = (blue * brightness) >> 8;
}

function pixelsOf(rgb: Uint8Array): number {
  return Math.floor(rgb.length / 3);
}
