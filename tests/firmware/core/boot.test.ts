import {
  type BootRecord,
  bootRecordText,
  lastingRecord,
  MOST_FAILED_BOOTS,
  parseBootRecord,
  planBoot,
  type ResetReason,
  troubleBefore,
} from '../../../firmware/core/boot';

const FRESH: BootRecord = { failedBoots: 0, isOpen: false };

/** Boots one after the other, each ended by the next reset before it had lasted. */
function bootThrough(reasons: readonly ResetReason[], before = FRESH) {
  let record = before;
  return reasons.map((reason) => {
    const plan = planBoot(record, reason);
    record = plan.record;
    return plan;
  });
}

describe('a boot', () => {
  it('is in safe mode after three that failed', () => {
    const plans = bootThrough(['powerOn', 'panic', 'watchdog', 'brownOut']);
    expect(plans.map(({ isSafeMode }) => isSafeMode)).toEqual([false, false, false, true]);
    expect(plans[3]?.failedBoots).toBe(MOST_FAILED_BOOTS);
  });

  it('stays in safe mode however often the chip resets', () => {
    const plans = bootThrough(['powerOn', 'panic', 'panic', 'panic', 'panic', 'software', 'watchdog']);
    expect(plans.slice(3).every(({ isSafeMode }) => isSafeMode)).toBe(true);
    expect(plans[6]?.failedBoots).toBe(MOST_FAILED_BOOTS);
  });

  it.each<ResetReason>(['powerOn', 'resetPin'])('tries everything anew after %s', (reason) => {
    const [plan] = bootThrough([reason], { failedBoots: 7, isOpen: true });
    expect(plan).toMatchObject({ isSafeMode: false, failedBoots: 0 });
  });

  it('that has lasted forgets the failed ones before it', () => {
    const plans = bootThrough(['powerOn', 'panic', 'panic']);
    const lasted = lastingRecord(plans[2] as (typeof plans)[0]);
    expect(bootThrough(['panic', 'panic', 'panic'], lasted).map(({ failedBoots }) => failedBoots)).toEqual([
      0, 1, 2,
    ]);
  });

  it('that lasts in safe mode does not end it', () => {
    const plans = bootThrough(['powerOn', 'panic', 'panic', 'panic']);
    const lasted = lastingRecord(plans[3] as (typeof plans)[0]);
    expect(planBoot(lasted, 'watchdog').isSafeMode).toBe(true);
  });

  it('leaves a record that reads back as it was', () => {
    for (const record of [FRESH, { failedBoots: 3, isOpen: true }, { failedBoots: 12, isOpen: false }]) {
      expect(parseBootRecord(bootRecordText(record))).toEqual(record);
    }
  });

  it.each([undefined, '', 'open', 'open -1', 'closed 99999', '{"failedBoots":9}'])(
    'starts fresh from the record %p',
    (text) => {
      expect(parseBootRecord(text)).toEqual(FRESH);
    },
  );

  it('has something to say about a reset that nobody asked for, and nothing about a plug', () => {
    expect(troubleBefore('brownOut')).toBe('restarted by a brown-out: the supply is too weak');
    expect(troubleBefore('powerOn')).toBeUndefined();
  });
});
