import { findDemo } from '../../../host-sim/tools/replay/recordings/demo';
import { hasBrowser, heard, openPage } from './open-page';

const testInBrowser = hasBrowser ? test : test.skip;

testInBrowser(
  'the microphone wakes the speaker on the page, the mute switch works at once, and what was heard can be heard again',
  async () => {
    const open = await openPage([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${findDemo().path}%noloop`,
    ]);
    try {
      const { page } = open;
      await heard(page);
      await page.getByRole('button', { name: 'Use the microphone' }).click();
      await page.getByText(/^The microphone of this device/).waitFor();
      await page.getByRole('button', { name: /wake word jarvis/ }).waitFor({ timeout: 60_000 });
      await page.getByRole('switch', { name: 'Mute' }).click();
      await page.getByText('Muted. Not one sound is heard.').waitFor();
      await page.getByRole('button', { name: /mute on/ }).waitFor();
      await page.getByRole('switch', { name: 'Mute' }).click();
      await page.getByRole('button', { name: /mute off/ }).waitFor();
      await page.getByRole('button', { name: 'Stop the microphone' }).click();
      await page.getByText(/^microphone$/).waitFor();
      await heard(page);
      expect(await page.locator('.events').textContent()).toMatch(/wake wordjarvis/);
      expect(open.problems).toEqual([]);
    } finally {
      await open.close();
    }
  },
  180_000,
);
