/** What this chip's board does not have: making it is a mistake. */
export default class Absent {
  constructor() {
    throw new Error('the simulated board has no such device');
  }
}
