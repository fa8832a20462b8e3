import { type Locator, type Page, expect } from '@playwright/test';

import { pick, press, tabTo, write } from './keyboard';
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
    await this.turnTo(COMPANY.includes(verb) ? 'Company' : 'Ticket');
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
        await press(this.page, this.page.getByRole('button', { name: WAITS[rest[0] ?? ''] ?? '', exact: true }));
        break;
      case 'theory':
        await this.think(rest);
        break;
      case 'note':
        await this.note(rest[0] ?? '');
        break;
      case 'resolve':
        await this.resolve(rest);
        return;
      case 'escalate':
        await this.handOver(rest);
        return;
      default:
        throw new Error(`Nobody has taught these hands to do “${line}”.`);
    }
    await settled(this.page);
  }

  /** Narrow windows show one side at a time. */
  private async turnTo(side: string): Promise<void> {
    const button = this.page.getByRole('group', { name: 'What is in view' }).getByRole('button', { name: side, exact: true });
    if ((await button.isVisible()) && (await button.getAttribute('aria-pressed')) !== 'true') await press(this.page, button);
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
    if (await this.button('Site').isVisible()) {
      await press(this.page, this.button('Site'));
      await expect(heading, 'the focus has followed before the next key').toBeFocused();
    }
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
  private async operate([device = '', panel = '', verb = '', ...rest]: string[]): Promise<void> {
    const heading = this.company.getByRole('heading', { level: 2 });
    const title = `${device}: ${panel === 'bench' ? 'Physical bench' : (PANELS[panel] ?? panel)}`;
    if ((await heading.innerText()) !== title) await this.open(device, panel);
    await expect(heading).toHaveText(title);
    await expect(this.company.getByText(/^Seen at /)).toBeVisible();
    const [first = 'target'] = rest.map((word) => /^([a-z-]+)=/.exec(word)?.[1] ?? 'target');
    const form = this.company.locator('form').filter({ has: this.page.locator(`#op-${verb}-${first}`) });
    if ((await form.count()) === 0) {
      await press(this.page, this.button(OPERATIONS[verb] ?? verb));
    } else {
      await press(this.page, form.locator('xpath=..').locator('summary'));
      for (const word of rest) await this.fill(form, verb, word);
      await press(this.page, form.getByRole('button', { name: 'Do it' }));
    }
    await expect(this.company.getByText('Done', { exact: true }), `${verb} was done`).toBeVisible();
  }

  /** `field=value`, or the target. */
  private async fill(form: Locator, verb: string, word: string): Promise<void> {
    const [, name = 'target', value = word] = /^([a-z-]+)=(.*)$/.exec(word) ?? [];
    const field = form.locator(`#op-${verb}-${name}`);
    const isSelect = await field.evaluate((element) => element.tagName === 'SELECT');
    await (isSelect ? pick : write)(this.page, field, value);
  }

  /** Hands at a device: `look D`, and what the physical bench offers. */
  private async touch([what = '', target = '', how = '']: string[]): Promise<void> {
    if (what === 'look') {
      await this.go(target);
      await press(this.page, this.button('Go there and look at it'));
    } else if (what === 'power') {
      await this.operate([target, 'bench', POWER[how] ?? how]);
    } else if (what === 'replace') {
      await this.operate([target, 'bench', 'replace', `${how} 0`]);
    } else {
      throw new Error(`Nobody has taught these hands to ${what}.`);
    }
  }

  private async note(text: string): Promise<void> {
    await this.unfold('Notes');
    await write(this.page, this.page.getByLabel('A note for the ticket'), text);
    await press(this.page, this.page.getByRole('button', { name: 'Add the note' }));
  }

  private async handOver([to = '', ...fields]: string[]): Promise<void> {
    const held = heldBy(fields);
    await this.unfold('Hand over');
    await pick(this.page, this.page.getByLabel('To whom'), to);
    for (const number of (held.get('evidence') ?? '').split(',')) {
      await tabTo(this.page, this.page.getByRole('checkbox', { name: new RegExp(`^${number}\\. `) }));
      await this.page.keyboard.press('Space');
    }
    await write(this.page, this.page.getByLabel('What was tried, and what came of it'), held.get('tried') ?? '');
    await pick(this.page, this.page.getByLabel('Impact: how many are affected'), held.get('impact') ?? '');
    await pick(this.page, this.page.getByLabel('Urgency: how soon it hurts'), held.get('urgency') ?? '');
    await press(this.page, this.page.getByRole('button', { name: 'Hand the ticket over' }));
  }

  private async think([layer = '', component = '', cause = '']: string[]): Promise<void> {
    await this.unfold('Theory');
    await pick(this.page, this.page.getByLabel('Where it sits'), layer);
    if (cause !== '') await pick(this.page, this.page.getByLabel('Cause', { exact: true }), titleOf(cause));
    await write(this.page, this.page.getByLabel('Part that is at fault'), component);
    await press(this.page, this.page.getByRole('button', { name: 'State this theory' }));
  }

  private async resolve(fields: string[]): Promise<void> {
    const held = heldBy(fields);
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

/** `name=value` of a form's fields. */
function heldBy(fields: string[]): Map<string, string> {
  return new Map(fields.map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]));
}

/** What is done on the company's side of the bench. */
const COMPANY = ['sh', 'admin', 'open', 'do', 'panel'];

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

/** Labels of operations that need no form. */
const OPERATIONS: Record<string, string> = {
  'set-automatic': 'Obtain an IP address automatically',
  'test-page': 'Print configuration page',
  press: 'Press the power button',
  hold: 'Hold the power button',
};

const POWER: Record<string, string> = { on: 'press', hold: 'hold' };

/** The shortest wait of the bench that is as long. */
const WAITS: Record<string, string> = { '2m': '5 minutes', '3m': '5 minutes', '5m': '5 minutes', '15m': '15 minutes', '1h': '1 hour' };

/** Titles of the panels that the tickets need. */
const PANELS: Record<string, string> = {
  adapter: 'Network adapters',
  bench: 'Parts, cables, power, shelf',
  'date-time': 'Date and time',
  dhcp: 'DHCP scopes',
  directory: 'Directory users and computers',
  'event-viewer': 'Event Viewer',
  files: 'Files',
  knowledge: 'Knowledge base',
  printer: 'Printer display',
  printers: 'Printers and queues',
  programs: 'Programs',
  services: 'Services',
  system: 'System',
  tenant: 'Cloud admin centre',
  wifi: 'Wi-Fi',
  wireless: 'Wireless networks',
};
