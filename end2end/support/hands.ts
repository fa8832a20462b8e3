import { type Locator, type Page, expect } from '@playwright/test';

import { pick, press, write } from './keyboard';
import { operate } from './server';
import { settled } from './tickets';

/** Words of a line of the script language: quotes keep spaces. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}

const SHELLS: Record<string, string> = {
  'sh cmd': 'Command Prompt',
  'admin cmd': 'Command Prompt as administrator',
  'sh powershell': 'PowerShell',
  'admin powershell': 'PowerShell as administrator',
  'sh bash': 'Terminal (bash)',
  'admin bash': 'Terminal as root',
  'sh ios': 'Console',
  'admin ios': 'Console',
};

/** Carries out lines of a solution in the graphical view, with the keyboard alone. */
export class Hands {
  constructor(private readonly page: Page) {}

  async do(line: string): Promise<void> {
    const [verb = '', ...rest] = words(line);
    switch (verb) {
      case 'say':
        await this.say(rest);
        break;
      case 'sh':
      case 'admin':
        await this.type(verb, line);
        break;
      case 'open':
        await this.open(rest[0] ?? '', rest[1] ?? '');
        break;
      case 'do':
        await this.touch(rest);
        break;
      case 'panel':
        await this.operate(rest);
        break;
      case 'wait':
        await press(this.page, this.page.getByText('Let time pass'));
        await press(this.page, this.page.getByRole('button', { name: WAITS[rest[0] ?? ''] ?? '' }));
        break;
      case 'theory':
        await this.think(rest);
        break;
      case 'resolve':
        await this.resolve(rest);
        return;
      default:
        throw new Error(`Nobody has taught these hands to do “${line}”.`);
    }
    await settled(this.page);
  }

  private get company(): Locator {
    return this.page.getByRole('region', { name: 'Company and devices' });
  }

  private button(name: string): Locator {
    return this.company.getByRole('button', { name, exact: true });
  }

  private async say([, intent = '', tone = '', topic = '']: string[]): Promise<void> {
    await pick(this.page, this.page.getByLabel('What you do'), intent);
    if (topic !== '') await pick(this.page, this.page.getByLabel('Subject'), topic);
    await pick(this.page, this.page.getByLabel('Tone'), tone);
    await press(this.page, this.page.getByRole('button', { name: 'Say it' }));
  }

  /** By the map's table, from wherever one is. */
  private async go(device: string): Promise<void> {
    const heading = this.company.getByRole('heading', { level: 2 });
    if ((await heading.innerText()) === device) return;
    if (await this.button('Site').isVisible()) await press(this.page, this.button('Site'));
    await press(this.page, this.button('Table'));
    await press(this.page, this.button(device));
    await expect(heading).toHaveText(device);
    await expect(heading, 'the focus follows').toBeFocused();
    await expect(this.company.getByText('Looking what can be done here')).toHaveCount(0);
  }

  private async type(verb: string, line: string): Promise<void> {
    const [, device = '', shell = '', command = ''] = /^\S+ (\S+) (\S+) ?(.*)$/.exec(line) ?? [];
    const name = SHELLS[`${verb} ${shell}`] ?? '';
    const tab = this.button(`${device}: ${name}`);
    if (await tab.isVisible()) {
      await press(this.page, tab);
    } else {
      await this.go(device);
      await press(this.page, this.button(name));
    }
    const input = this.company.getByRole('textbox');
    await expect(input, 'a terminal is ready to type').toBeFocused();
    await this.page.keyboard.type(command);
    await this.page.keyboard.press('Enter');
    await expect(input).toHaveValue('');
  }

  private async open(device: string, panel: string): Promise<void> {
    await this.go(device);
    await press(this.page, this.button(PANELS[panel] ?? panel));
  }

  /** In a panel that is open already, or is opened for it. */
  private async operate([device = '', panel = '', verb = '', target = '']: string[]): Promise<void> {
    const heading = this.company.getByRole('heading', { level: 2 });
    const title = `${device}: ${PANELS[panel] ?? panel}`;
    if ((await heading.innerText()) !== title) await this.open(device, panel);
    await expect(heading).toHaveText(title);
    await press(this.page, this.company.getByText(OPERATIONS[verb] ?? verb, { exact: true }));
    const form = this.company.getByRole('form', { name: OPERATIONS[verb] ?? verb });
    if (target !== '') await pick(this.page, form.getByLabel('On', { exact: true }), target);
    await press(this.page, form.getByRole('button', { name: 'Do it' }));
    await expect(this.company.getByText('Done', { exact: true }), `${verb} was done`).toBeVisible();
  }

  /** Hands at a device: `look D` and what the physical bench offers. */
  private async touch([what = '', target = '']: string[]): Promise<void> {
    if (what === 'look') {
      await this.go(target);
      await press(this.page, this.button('Go there and look at it'));
      return;
    }
    throw new Error(`Nobody has taught these hands to ${what}.`);
  }

  private async think([layer = '', component = '', cause = '']: string[]): Promise<void> {
    await this.unfold('Theory');
    await pick(this.page, this.page.getByLabel('Where it sits'), layer);
    if (cause !== '') await pick(this.page, this.page.getByLabel('Cause', { exact: true }), titleOf(cause));
    await write(this.page, this.page.getByLabel('Part that is at fault'), component);
    await press(this.page, this.page.getByRole('button', { name: 'State this theory' }));
  }

  private async resolve(fields: string[]): Promise<void> {
    const held = new Map(fields.map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]));
    await this.unfold('Resolve');
    for (const [field, label] of FIELDS) await write(this.page, this.page.getByLabel(label), held.get(field) ?? '');
    await press(this.page, this.page.getByRole('button', { name: 'Resolve the ticket' }));
  }

  private async unfold(part: string): Promise<void> {
    const summary = this.page.getByRole('heading', { level: 2, name: part, exact: true }).locator('..');
    const open = await summary.evaluate((element) => (element.parentElement as HTMLDetailsElement).open);
    if (!open) await press(this.page, summary);
  }
}

/** Pages know a cause by its title, authors by its id. */
function titleOf(cause: string): string {
  const line = operate('tickets', 'faults').split('\n').find((one) => one.startsWith(`${cause} `));
  const title = line?.split(/ {2,}/).at(-1);
  if (!title) throw new Error(`There is no fault “${cause}”.`);
  return title;
}

const FIELDS = [
  ['cause', 'What it was'],
  ['change', 'What you changed'],
  ['verification', 'How you know that it works'],
  ['prevention', 'What keeps it from coming back'],
] as const;

/** Titles of the panels that the three tickets need. */
const OPERATIONS: Record<string, string> = {
  'set-automatic': 'Obtain an IP address automatically',
  unlock: 'Unlock account',
};

const WAITS: Record<string, string> = { '5m': '5 minutes', '15m': '15 minutes', '1h': '1 hour' };

const PANELS: Record<string, string> = {
  adapter: 'Network adapters',
  directory: 'Directory users and computers',
  system: 'System',
};
