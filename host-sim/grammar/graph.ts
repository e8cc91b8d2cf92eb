/** An acyclic graph of phones that is minimal by construction: states are made from their ends backwards and a state
 * that exists already is never made again. A state is a number; its arcs never change. */
export interface Arc {
  readonly phone: number;
  /** Strings that go out when this phone is reached; empty inside of a word. */
  readonly outputs: readonly string[];
  readonly target: number;
}

/** A state where sentences may end: which meanings (indices of the compiler's table) they have, as sorted list. */
export interface State {
  readonly arcs: readonly Arc[];
  readonly endings: readonly number[];
}

export class Graph {
  private readonly states: State[] = [];
  private readonly stateOfKey = new Map<string, number>();
  private readonly outputIds = new Map<string, number>();
  private readonly unions = new Map<string, number>();

  state(id: number): State {
    const state = this.states[id];
    if (state === undefined) throw new RangeError(`state ${id} is none of ${this.states.length}`);
    return state;
  }

  /** The state with these arcs and endings; arcs with the same phone and outputs are united. */
  make(arcs: readonly Arc[], endings: readonly number[] = []): number {
    const united = new Map<string, Arc>();
    for (const arc of arcs) {
      const key = this.arcKey(arc);
      const twin = united.get(key);
      united.set(key, twin === undefined ? arc : { ...arc, target: this.union(twin.target, arc.target) });
    }
    const sorted = [...united].sort(([left], [right]) => (left < right ? -1 : 1));
    const stateKey = `${endings.join()}|${sorted.map(([key, arc]) => `${key}>${arc.target}`).join()}`;
    const known = this.stateOfKey.get(stateKey);
    if (known !== undefined) return known;
    this.states.push({ arcs: sorted.map(([, arc]) => arc), endings });
    this.stateOfKey.set(stateKey, this.states.length - 1);
    return this.states.length - 1;
  }

  /** The state from which everything can be said that can be said from either. */
  union(left: number, right: number): number {
    if (left === right) return left;
    const key = left < right ? `${left},${right}` : `${right},${left}`;
    const known = this.unions.get(key);
    if (known !== undefined) return known;
    const a = this.state(left);
    const b = this.state(right);
    const endings = [...new Set([...a.endings, ...b.endings])].sort((x, y) => x - y);
    const united = this.make([...a.arcs, ...b.arcs], endings);
    this.unions.set(key, united);
    return united;
  }

  private arcKey(arc: Arc): string {
    const text = arc.outputs.join('\n');
    let id = this.outputIds.get(text);
    if (id === undefined) {
      id = this.outputIds.size;
      this.outputIds.set(text, id);
    }
    return `${arc.phone}:${id}`;
  }
}

/** A function over states, each computed once; the graph is acyclic, so it may call itself for targets. */
export function perState<Result>(
  compute: (id: number, self: (id: number) => Result) => Result,
): (id: number) => Result {
  const known = new Map<number, Result>();
  const self = (id: number): Result => {
    const result = known.get(id);
    if (result !== undefined) return result;
    const computed = compute(id, self);
    known.set(id, computed);
    return computed;
  };
  return self;
}
