import { Agenda } from '../../../firmware/core/agenda';
import { MqttClient } from '../../../firmware/mqtt/client';
import { PretendBroker } from './pretend-broker';

/** A client on a bench: time passes only when it is told to, in steps of 10 ms. */
class Bench {
  readonly broker = new PretendBroker();
  readonly agenda = new Agenda();
  readonly told: string[] = [];
  readonly client: MqttClient;
  #nowMs = 0;

  constructor(setUp: (broker: PretendBroker) => void = () => {}) {
    setUp(this.broker);
    this.client = new MqttClient({
      open: this.broker.open,
      agenda: this.agenda,
      clientId: 'earshot_1',
      user: 'anna',
      password: 'secret',
      will: { topic: 'earshot/1/availability', text: 'offline', isRetained: true },
      topics: ['a', 'b/+'],
      onUp: () => this.told.push('up'),
      onDown: (why) => this.told.push(`down: ${why}`),
      onMessage: ({ topic, text, isRetained }) =>
        this.told.push(`${topic} ${text}${isRetained ? ', retained' : ''}`),
    });
  }

  pass(ms: number): this {
    for (const untilMs = this.#nowMs + ms; this.#nowMs < untilMs; ) {
      this.#nowMs += 10;
      this.broker.pump();
      this.agenda.advance(this.#nowMs);
    }
    return this;
  }
}

describe('a client of a broker', () => {
  it('greets with its name, password and will, and listens to its topics', () => {
    const { broker, told } = new Bench().pass(20);
    const [greeting = ''] = broker.greetings.map((bytes) => Buffer.from(bytes).toString('latin1'));
    for (const part of ['MQTT', 'earshot_1', 'anna', 'secret', 'earshot/1/availability', 'offline'])
      expect(greeting).toContain(part);
    expect(broker.subscribed).toEqual(['a', 'b/+']);
    expect(told).toEqual(['up']);
  });

  it('tells what it hears, and sends', () => {
    const bench = new Bench().pass(20);
    bench.broker.say('a', 'now');
    bench.broker.say('b/c', 'before', { isRetained: true });
    bench.pass(10);
    expect(bench.told).toEqual(['up', 'a now', 'b/c before, retained']);
    expect(bench.client.publish({ topic: 't', text: 'x', isRetained: true })).toBe(true);
    expect(bench.broker.sent).toEqual([{ topic: 't', text: 'x', isRetained: true }]);
  });

  it('knows whether the broker has it', () => {
    const bench = new Bench().pass(20);
    const settled: boolean[] = [];
    bench.client.publish({ topic: 't', text: '1' }, (ok) => settled.push(ok));
    bench.pass(10);
    expect(settled).toEqual([true]);
    bench.broker.acknowledges = false;
    bench.client.publish({ topic: 't', text: '2' }, (ok) => settled.push(ok));
    bench.broker.hangUp();
    bench.pass(10);
    expect(settled).toEqual([true, false]);
  });

  it('sends nothing later than it was said', () => {
    const bench = new Bench((broker) => {
      broker.isThere = false;
    }).pass(20);
    expect(bench.client.publish({ topic: 't', text: 'x' })).toBe(false);
    bench.broker.isThere = true;
    bench.pass(5_000);
    expect(bench.told).toEqual(['down: nobody is there', 'up']);
    expect(bench.broker.sent).toEqual([]);
  });

  it('tries ever more patiently, up to once a minute', () => {
    const bench = new Bench((broker) => {
      broker.isThere = false;
    });
    const attemptsIn = (ms: number): number => {
      const before = bench.broker.connections;
      return bench.pass(ms).broker.connections - before;
    };
    expect(attemptsIn(10_000)).toBeGreaterThanOrEqual(3);
    bench.pass(300_000);
    expect(attemptsIn(600_000)).toBe(10);
  });

  it.each([
    [4, 'user name or password are wrong'],
    [5, 'it does not let this user in'],
    [77, 'it refuses, code 77'],
  ])('says why a broker refuses with %i', (code, why) => {
    const bench = new Bench((broker) => {
      broker.greeting = code;
    }).pass(20);
    expect(bench.told).toEqual([`down: ${why}`]);
  });

  it('does not ask every second whom it is thrown out by at once', () => {
    const bench = new Bench();
    for (let i = 0; i < 600; i += 1) {
      bench.pass(1_000);
      bench.broker.hangUp();
    }
    expect(bench.broker.connections).toBeLessThan(20);
  });

  it('gives up on a broker that says nothing', () => {
    const bench = new Bench((broker) => {
      broker.greeting = undefined;
    }).pass(10_050);
    expect(bench.told).toEqual(['down: it does not answer']);
  });

  it('stays while pings are answered, and notices when they are not', () => {
    const bench = new Bench().pass(120_000);
    expect(bench.broker.pings).toBeGreaterThanOrEqual(5);
    expect(bench.told).toEqual(['up']);
    bench.broker.answersPings = false;
    bench.pass(31_000);
    expect(bench.told[1]).toBe('down: it does not answer');
  });

  it('goes where a broker takes nothing any more', () => {
    const bench = new Bench().pass(20);
    bench.broker.takes = false;
    expect(bench.client.publish({ topic: 't', text: 'x' })).toBe(false);
    expect(bench.told).toEqual(['up', 'down: it takes nothing any more']);
  });

  it('keeps no more than a few messages of which the broker says nothing', () => {
    const bench = new Bench((broker) => {
      broker.acknowledges = false;
    }).pass(20);
    const results = Array.from({ length: 40 }, () =>
      bench.client.publish({ topic: 't', text: '' }, () => {}),
    );
    expect(results.filter(Boolean).length).toBe(16);
    expect(bench.client.publish({ topic: 't', text: '' })).toBe(true);
  });

  it.each([
    ['rubbish', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a second greeting', Uint8Array.of(0x20, 2, 0, 0)],
    ['a packet of 200 MB', Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f)],
  ])('ends the connection, and no more than that, at %s', (_what, bytes) => {
    const bench = new Bench().pass(20);
    bench.broker.raw(bytes);
    bench.pass(10);
    expect(bench.told).toEqual(['up', expect.stringContaining('down: it ')]);
    bench.pass(5_000);
    expect(bench.told.at(-1)).toBe('up');
  });

  it('goes where a broker says more than can be heard', () => {
    const bench = new Bench().pass(20);
    for (let i = 0; i < 40; i += 1) bench.broker.say('a', 'x'.repeat(1_000));
    bench.pass(10);
    expect(bench.told.at(-1)).toBe('down: it says more than can be heard');
    expect(bench.told.filter((told) => told.startsWith('a ')).length).toBeLessThan(40);
  });

  it('says goodbye when it is closed, and is told nothing any more', () => {
    const bench = new Bench().pass(20);
    bench.client.close();
    bench.client.close();
    bench.broker.say('a', 'late');
    bench.pass(60_000);
    expect(bench.broker.goodbyes).toBe(1);
    expect(bench.broker.connections).toBe(1);
    expect(bench.told).toEqual(['up']);
  });
});
