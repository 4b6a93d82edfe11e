import { setTimeout as delay } from 'node:timers/promises';
import type { StandaloneProcess } from './standalone-process.js';

/** A write that was acknowledged. */
export interface CreatedCampaign {
  id: string;
  /** Number of its event in the log. */
  position: number;
}

/** Creates a campaign through the API; throws when that is not acknowledged. */
export async function createCampaign(
  standalone: StandaloneProcess,
  url: string,
  name: string,
): Promise<CreatedCampaign> {
  const response = await fetch(`${url}/api/config/campaigns`, {
    method: 'POST',
    headers: { ...(await standalone.authorization()), 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  if (response.status !== 201)
    throw new Error(`creating a campaign was answered with ${response.status}: ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  return { id, position: positionOf(response) };
}

const attemptsMax = 60;
const pagesMax = 1_000;

interface CampaignPage {
  items: { id: string }[];
  next?: string;
}

/** The ids of all campaigns in the view, once the view has come to `position`; with 0, as it is. */
export async function listCampaigns(standalone: StandaloneProcess, url: string, position = 0): Promise<string[]> {
  await untilViewIsAt(standalone, url, position);
  const ids: string[] = [];
  let query = 'limit=200';
  for (let page = 1; page <= pagesMax; page += 1) {
    const { items, next } = (await (await readView(standalone, url, query)).json()) as CampaignPage;
    ids.push(...items.map(({ id }) => id));
    if (next === undefined) return ids;
    query = `limit=200&after=${encodeURIComponent(next)}`;
  }
  throw new Error(`the view of campaigns has more than ${pagesMax} pages`);
}

async function untilViewIsAt(standalone: StandaloneProcess, url: string, position: number): Promise<void> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    if (positionOf(await readView(standalone, url, `limit=1&waitFor=0:${position}`)) >= position) return;
    await delay(100);
  }
  throw new Error(`the view of campaigns never came to the position ${position}`);
}

async function readView(standalone: StandaloneProcess, url: string, query: string): Promise<Response> {
  const response = await fetch(`${url}/api/views/campaigns?${query}`, { headers: await standalone.authorization() });
  if (response.status === 200) return response;
  throw new Error(`listing campaigns was answered with ${response.status}: ${await response.text()}`);
}

function positionOf(response: Response): number {
  const [, number] = (response.headers.get('poinciana-position') ?? '').split(':');
  return Number(number);
}
