/** The topics of a speaker. Home Assistant is told them all by its configuration, so nobody has to type them. */
export class Topics {
  readonly base: string;
  readonly availability: string;
  /** What was woken by, and what was understood. */
  readonly wake: string;
  readonly command: string;
  /** Where a home may say how a command ended that no map is for: `{"ok":true}`, with a `state` in words where it likes. */
  readonly answer: string;
  readonly configuration: string;

  constructor(id: string) {
    if (!/^[\w-]{1,32}$/.test(id))
      throw new RangeError(`a speaker's id '${id}': 1 to 32 letters, digits, - and _ would be right`);
    this.base = `earshot/${id}`;
    this.availability = `${this.base}/availability`;
    this.wake = `${this.base}/wake`;
    this.command = `${this.base}/command`;
    this.answer = `${this.base}/answer`;
    this.configuration = `homeassistant/device/earshot_${id}/config`;
  }

  /** Where something of the speaker is told: a setting, by its name, or a sensor. */
  state(name: string): string {
    return `${this.base}/state/${name}`;
  }

  /** Where a setting is changed from afar; `+` for all of them. */
  set(name: string): string {
    return `${this.base}/set/${name}`;
  }

  /** The setting that a topic changes, or undefined when it is none of these. */
  settingOf(topic: string): string | undefined {
    const prefix = this.set('');
    return topic.startsWith(prefix) ? topic.slice(prefix.length) : undefined;
  }
}

/** Where Home Assistant says that it has started, so that it is told anew. */
export const HOME_ASSISTANT_STATUS = 'homeassistant/status';
export const ONLINE = 'online';
export const OFFLINE = 'offline';
