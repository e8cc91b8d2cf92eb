import { Mind, wake } from './worlds';

const change = (atMs: number, softMute: boolean) =>
  ({ type: 'settingsChanged', atMs, changes: { softMute } }) as const;

describe('the mute beside the switch', () => {
  it('closes the gate, and nothing is heard', () => {
    const mind = Mind.awake().take(change(1000, true), wake(2000));
    expect(mind.asked('setMuted')).toMatchObject([{ muted: true }]);
    expect(mind.state.phase).toBe('idle');
    expect(mind.asked('listen')).toEqual([]);
    mind.take(change(3000, false), wake(4000));
    expect(mind.asked('setMuted')).toMatchObject([{ muted: true }, { muted: false }]);
    expect(mind.state.phase).toBe('listening');
  });

  it('drops what was being said', () => {
    const mind = Mind.awake().take(wake(1000), change(1500, true));
    expect(mind.state.phase).toBe('idle');
    expect(mind.asked('playCue')).toMatchObject([{ cue: 'muted' }]);
  });

  it('never opens what the switch has closed', () => {
    const mind = Mind.awake().mute(1000).take(change(2000, true), change(3000, false));
    expect(mind.state.asksForMute).toBe(true);
    expect(mind.asked('setMuted')).toMatchObject([{ muted: true }]);
  });

  it('stays when the switch is moved on and off', () => {
    const mind = Mind.awake().take(change(1000, true)).mute(2000);
    mind.take({ type: 'muteReleased', atMs: 3000 }).mute(3010, false);
    expect(mind.state).toMatchObject({ muted: false, asksForMute: true });
    mind.take(change(4000, false));
    expect(mind.state.asksForMute).toBe(false);
  });

  it('ends where the switch was released meanwhile, and its gate has not opened', () => {
    const mind = Mind.awake().mute(1000).take(change(2000, true), { type: 'muteReleased', atMs: 3000 });
    expect(mind.state.asksForMute).toBe(true);
    expect(mind.take(change(4000, false)).state.asksForMute).toBe(false);
  });

  it('is there from the start where it was kept', () => {
    expect(Mind.awake({ softMute: true }).state.asksForMute).toBe(true);
  });
});
