import * as v from 'valibot';
import { crossCheck } from './cross-checks.ts';
import { type Config, config as schema } from './schema.ts';

export interface ConfigError {
  /** Where, as in `services.0.maxWaitSeconds`; empty for the file as a whole. */
  readonly field: string;
  readonly reason: string;
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

/** Reads a configuration file's text. Names every wrong field at once; never throws. */
export function parseConfig(text: string): ParsedConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, errors: [{ field: '', reason: `it is not JSON: ${(error as Error).message}` }] };
  }
  const result = v.safeParse(schema, value);
  const errors: ConfigError[] = (result.issues ?? []).map((issue) => ({
    field: v.getDotPath(issue) ?? '',
    reason: reasonOf(issue),
  }));
  // Only where every field is of its kind can one be held against another.
  if (result.typed) errors.push(...crossCheck(result.output));
  return result.typed && errors.length === 0 ? { ok: true, config: result.output } : { ok: false, errors };
}

/** One sentence per error, for an operator. */
export const describeConfigErrors = (path: string, errors: readonly ConfigError[]): string =>
  errors
    .map(
      ({ field, reason }) => `Cannot read the configuration ${path}: ${field ? `${field}: ` : ''}${reason}`,
    )
    .join('\n');

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'no such field exists';
  if (issue.type === 'strict_object' && issue.received === 'undefined') return 'it is missing';
  if (issue.received === 'undefined') return 'it is missing';
  return issue.message;
}
