/** What can be replaced, in the order in which new copies are made active: firmware that was not written whole must never
 * start, and resources that the old firmware cannot use it passes over. */
export const PARTS = ['resources', 'firmware'] as const;
export type Part = (typeof PARTS)[number];
export type CopyIndex = 0 | 1;
