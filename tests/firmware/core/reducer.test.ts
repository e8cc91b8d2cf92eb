import type { Event } from '../../../firmware/core/events';
import { ACTION_MS, ERROR_MS, LISTEN_BACK_SAMPLES, LISTEN_MS, REPLY_MS } from '../../../firmware/core/state';
import { command, Mind, wake } from './worlds';

describe('booting', () => {
  it('hears nothing before it has booted', () => {
    expect(new Mind().take(wake(10)).state.phase).toBe('booting');
  });

  it('is idle once booted', () => {
    expect(Mind.awake().state.phase).toBe('idle');
  });

  it('starts muted when the switch says so', () => {
    expect(Mind.awake({ muted: true }).take(wake(10)).effects).toEqual([]);
  });

  it('in safe mode obeys the switch and nothing else', () => {
    const mind = new Mind().take({ type: 'booted', atMs: 0, isSafeMode: true });
    expect(mind.state).toMatchObject({ phase: 'idle', isSafeMode: true });
    expect(mind.mute(5).asked('setMuted')).toEqual([{ type: 'setMuted', muted: true }]);
  });

  it('refuses a volume that is no percentage', () => {
    expect(() => new Mind({ volumePercent: 101 })).toThrow("volume '101': 0 to 100 percent would be right");
  });
});

describe('listening', () => {
  it('begins at a wake word, a little before its detection', () => {
    const mind = Mind.awake().take(wake(3000));
    expect(mind.state.phase).toBe('listening');
    expect(mind.effects).toEqual([{ type: 'listen', sinceSample: 48_000 - LISTEN_BACK_SAMPLES }]);
  });

  it('begins where the wake word ended, when a second look found that', () => {
    const woken = { ...wake(3000), endSample: 44_000, lossNats: 1.2 } as Event;
    expect(Mind.awake().take(woken).effects).toEqual([{ type: 'listen', sinceSample: 44_000 }]);
  });

  it('never reaches back before the first sample', () => {
    expect(Mind.awake().take(wake(100)).asked('listen')).toEqual([{ type: 'listen', sinceSample: 0 }]);
  });

  it('says so with a cue when that is wanted', () => {
    expect(Mind.awake({ listeningCue: true }).take(wake(3000)).asked('playCue')).toMatchObject([
      { cue: 'listening' },
    ]);
  });

  it('ends by a command', () => {
    const mind = Mind.awake().ask(1000, 'turnOn', { device: 'light' });
    expect(mind.state.phase).toBe('thinking');
    expect(mind.asked('stopListening')).toHaveLength(1);
  });

  it('ends quietly when nobody speaks', () => {
    const mind = Mind.awake().take(wake(1000), { type: 'speechEnded', atMs: 4000, reason: 'silence' });
    expect(mind.state.phase).toBe('idle');
    expect(mind.asked('playCue')).toEqual([]);
  });

  it('says when it has not understood', () => {
    const mind = Mind.awake().take(wake(1000), { type: 'speechEnded', atMs: 4000, reason: 'notUnderstood' });
    expect(mind.state.phase).toBe('replying');
    expect(mind.asked('playCue')).toMatchObject([{ cue: 'notUnderstood' }]);
  });

  it('ends at its cap, on the millisecond', () => {
    const mind = Mind.awake()
      .take(wake(1000))
      .wait(1000 + LISTEN_MS - 1);
    expect(mind.state.phase).toBe('listening');
    expect(mind.wait(1000 + LISTEN_MS).state.phase).toBe('idle');
  });

  it('has not understood speech that goes on beyond the cap', () => {
    const mind = Mind.awake().take(wake(1000), { type: 'speechStarted', atMs: 1500 });
    expect(mind.wait(1000 + LISTEN_MS).asked('playCue')).toMatchObject([{ cue: 'notUnderstood' }]);
  });

  it('begins anew when the wake word is said again', () => {
    const mind = Mind.awake()
      .take(wake(1000), wake(3000))
      .wait(1000 + LISTEN_MS);
    expect(mind.state.phase).toBe('listening');
    expect(mind.asked('listen')).toHaveLength(2);
  });

  it('plays no reply to what ran out in the moment in which it is called again', () => {
    const mind = Mind.awake().take(wake(1000), { type: 'speechStarted', atMs: 1500 }, wake(1000 + LISTEN_MS));
    expect(mind.state.phase).toBe('listening');
    expect(mind.asked('playCue')).toEqual([]);
  });

  it('takes no command when it is not listening', () => {
    expect(Mind.awake().take(command(1000, 'turnOn')).effects).toEqual([]);
  });

  it('goes on after lost sound', () => {
    const mind = Mind.awake().take(wake(1000), { type: 'audioOverran', atMs: 1200, lostSamples: 512 });
    expect(mind.state.phase).toBe('listening');
  });
});

describe('asking the home', () => {
  const asked = () => Mind.awake().ask(1000, 'turnOn', { room: 'kitchen', device: 'light' });

  it('passes on what it does not know itself, with its slots', () => {
    const slots = { room: 'kitchen', device: 'light' };
    expect(asked().asked('perform')).toEqual([{ type: 'perform', id: 1, intent: 'turnOn', slots }]);
  });

  it('confirms what the home has done, and rests when the cue has ended', () => {
    const mind = asked().take({ type: 'actionDone', atMs: 2300, id: 1, ok: true });
    expect(mind.state.phase).toBe('replying');
    expect(mind.asked('playCue')).toMatchObject([{ cue: 'done' }]);
    expect(mind.take({ type: 'cueEnded', atMs: 2600 }).state.phase).toBe('idle');
  });

  it('rests when the end of a cue is never heard', () => {
    const mind = asked()
      .take({ type: 'actionDone', atMs: 2300, id: 1, ok: true })
      .wait(2300 + REPLY_MS);
    expect(mind.state.phase).toBe('idle');
  });

  it('shows and says what the home could not do', () => {
    const mind = asked().take({ type: 'actionDone', atMs: 2300, id: 1, ok: false });
    expect(mind.state.phase).toBe('error');
    expect(mind.asked('playCue')).toMatchObject([{ cue: 'failed' }]);
    expect(mind.wait(2300 + ERROR_MS).state.phase).toBe('idle');
  });

  it('does not wait for ever for an answer', () => {
    expect(asked().wait(2000 + ACTION_MS).state.phase).toBe('error');
  });

  it('takes no answer to an earlier question', () => {
    const mind = asked().ask(3000, 'turnOff').take({ type: 'actionDone', atMs: 4100, id: 1, ok: false });
    expect(mind.state.phase).toBe('thinking');
  });

  it('gives every question its own number', () => {
    expect(
      asked()
        .ask(3000, 'turnOff')
        .asked('perform')
        .map(({ id }) => id),
    ).toEqual([1, 2]);
  });

  it('listens again when called while it replies, and cuts the reply short', () => {
    const mind = asked().take({ type: 'actionDone', atMs: 2300, id: 1, ok: true }, wake(2400));
    expect(mind.state.phase).toBe('listening');
    expect(mind.asked('stopCue')).toHaveLength(1);
  });

  it('drops what it was asked when told to never mind', () => {
    const mind = Mind.awake().ask(1000, 'neverMind');
    expect(mind.state.phase).toBe('idle');
    expect(mind.asked('playCue')).toEqual([]);
  });
});

describe('muted', () => {
  it('closes the gate before anything else', () => {
    expect(Mind.awake().take(wake(1000)).mute(1500).effects.slice(1)).toMatchObject([
      { type: 'setMuted', muted: true },
      { type: 'stopListening' },
      { type: 'setGuard', guard: 'closed' },
      { type: 'playCue', cue: 'muted' },
    ]);
  });

  it('stays idle when the switch mutes during listening', () => {
    const mind = Mind.awake().take(wake(1000)).mute(1500).take(command(1600, 'turnOn'));
    expect(mind.state.phase).toBe('idle');
    expect(mind.asked('perform')).toEqual([]);
  });

  it('forgets a question that is still open', () => {
    const mind = Mind.awake()
      .ask(1000, 'turnOn')
      .mute(2100)
      .take({ type: 'actionDone', atMs: 2200, id: 1, ok: true });
    expect(mind.state.phase).toBe('idle');
  });

  it('hears no wake word', () => {
    expect(Mind.awake().mute(500).take(wake(1000)).asked('listen')).toEqual([]);
  });

  it('finishes nothing afterwards that was begun before', () => {
    const mind = Mind.awake().take(wake(1000)).mute(1500).mute(1700, false).take(command(1800, 'turnOn'));
    expect(mind.asked('perform')).toEqual([]);
  });

  it('takes its own mute back when the switch is released, and stays muted until the gate is open', () => {
    const mind = Mind.awake().mute(500).take({ type: 'muteReleased', atMs: 700 });
    expect(mind.state.muted).toBe(true);
    expect(mind.mute(780, false).asked('setMuted')).toEqual([
      { type: 'setMuted', muted: true },
      { type: 'setMuted', muted: false },
    ]);
    expect(mind.state.muted).toBe(false);
  });

  it('takes the same news twice without doing anything twice', () => {
    expect(Mind.awake().mute(500).mute(600).mute(700, false).mute(800, false).asked('setMuted')).toHaveLength(
      2,
    );
  });
});

describe('trouble', () => {
  it('is shown for a while, without a sound', () => {
    const mind = Mind.awake().take({
      type: 'faultOccurred',
      atMs: 100,
      what: 'the microphone gives only zeros',
    });
    expect(mind.state.phase).toBe('error');
    expect(mind.effects).toEqual([]);
    expect(mind.wait(100 + ERROR_MS).state.phase).toBe('idle');
  });

  it('during boot does not pass for having booted', () => {
    const mind = new Mind().take({ type: 'faultOccurred', atMs: 100, what: 'no model' }).wait(100 + ERROR_MS);
    expect(mind.state.phase).toBe('booting');
  });
});

describe('time', () => {
  it('does not run back when an event comes late', () => {
    const mind = Mind.awake().take(wake(5000), { type: 'speechEnded', atMs: 4000, reason: 'notUnderstood' });
    expect(mind.state.atMs).toBe(5000);
  });

  it('gives back the very same state when nothing changes', () => {
    const { state } = Mind.awake();
    const mind = Mind.awake();
    mind.state = state;
    mind.wait(20).take({ type: 'cueEnded', atMs: 40 }, { type: 'speechStarted', atMs: 60 });
    expect(mind.state).toBe(state);
  });
});

describe('without a network', () => {
  const offline = () => Mind.awake().take({ type: 'linkChanged', atMs: 10, up: false });

  it('says at once that the home cannot be asked', () => {
    const mind = offline().ask(1000, 'turnOn');
    expect(mind.state.phase).toBe('error');
    expect(mind.asked('perform')).toEqual([]);
    expect(mind.asked('playCue')).toMatchObject([{ cue: 'failed' }]);
  });

  it('still sets timers', () => {
    expect(offline().ask(1000, 'setTimer', { duration: 60 }).state.timers).toHaveLength(1);
  });

  it('asks the home again when the network is back', () => {
    const mind = offline().take({ type: 'linkChanged', atMs: 20, up: true }).ask(1000, 'turnOn');
    expect(mind.asked('perform')).toHaveLength(1);
  });
});
