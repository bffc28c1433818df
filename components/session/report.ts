import type { Report } from '../../core/reports/rows.ts';

/**
 * The numbers of these days, both included, `2026-11-20`.
 * @throws {Error} with a sentence for the reader
 */
export async function fetchReport(
  server: string,
  token: string,
  days: { from: string; to: string },
  signal: AbortSignal,
): Promise<Report> {
  const query = new URLSearchParams(days);
  const headers = { authorization: `Bearer ${token}` };
  let response: Response;
  try {
    response = await fetch(`${server}/api/reports?${query}`, { headers, signal });
  } catch (cause) {
    throw new Error('Cannot read the report: there is no connection.', { cause });
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body) return body;
  throw new Error(body?.message ?? 'Cannot read the report: the server failed.');
}
