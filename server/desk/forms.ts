import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as v from 'valibot';
import type { CallbackForm, Form, LeadForm } from '../../core/protocol/schemas.ts';
import { isOpen } from '../../core/service/hours.ts';
import type { Service } from '../config/schema.ts';
import { hoursOf } from './business-hours.ts';
import { canonicalZone } from './country.ts';
import type { Refusal } from './outcome.ts';

/** A form as it is kept: trimmed, its number in E.164. */
export type CheckedForm<F extends Form = Form> = { readonly ok: true; readonly form: F } | Refusal;

export interface FormContext {
  readonly service: Pick<Service, 'name' | 'hours'>;
  /** Where the visitor is, which decides what a number without a country code means. */
  readonly country: string | null;
  readonly now: number;
}

/** How long a wished time may be past: the visitor needed a while to fill in the rest. */
const LATE = 5 * 60_000;
const FARTHEST_DAYS = 60;
const FARTHEST = FARTHEST_DAYS * 86_400_000;

const email = v.pipe(v.string(), v.email());

/** Checks what a visitor filled in. A refusal names the field, and says what would do. */
export const checkForm = (form: Form, context: FormContext): CheckedForm =>
  form.kind === 'callback' ? checkCallback(form, context) : checkLead(form, context);

function checkCallback(form: CallbackForm, context: FormContext): CheckedForm<CallbackForm> {
  const number = e164(form.number, context.country);
  if (number === null) return refuseNumber(form.number, context.country);
  const reason = form.wishedAt === null ? null : refuseTime(form.wishedAt, context);
  if (reason !== null) return refuse('wishedAt', reason);
  // Only for showing the wished time as the visitor meant it: that time itself is good in any zone.
  const zone = canonicalZone(form.zone) === null ? 'UTC' : form.zone;
  return { ok: true, form: { ...form, name: form.name.trim(), number, zone, text: form.text.trim() } };
}

function checkLead(form: LeadForm, { country }: FormContext): CheckedForm<LeadForm> {
  const [name, mail, typed, text] = [form.name, form.email, form.number, form.text].map((field) =>
    field.trim(),
  ) as [string, string, string, string];
  if (!mail && !typed) return refuse('email', 'an e-mail address or a phone number is needed for an answer');
  if (mail && !v.is(email, mail))
    return refuse('email', 'this is not an e-mail address such as "name@example.com"');
  const number = typed && e164(typed, country);
  if (number === null) return refuseNumber(typed, country);
  if (!text) return refuse('text', 'the message is empty');
  return { ok: true, form: { kind: 'lead', name, email: mail, number, text } };
}

/** The number as it can be called from anywhere; null: nobody can have it. */
function e164(typed: string, country: string | null): string | null {
  const here = country !== null && isSupportedCountry(country) ? { defaultCountry: country } : {};
  const number = parsePhoneNumberFromString(typed.trim(), { ...here, extract: false });
  return number?.isValid() ? number.number : null;
}

const refuseNumber = (typed: string, country: string | null): Refusal => {
  if (!typed.trim()) return refuse('number', 'a phone number is needed');
  return typed.trim().startsWith('+') || country !== null
    ? refuse(
        'number',
        'no phone number looks like this; check the digits, or begin with + and the country code',
      )
    : refuse('number', 'begin the phone number with + and the country code, as in +44 20 7946 0000');
};

/** Why nobody can call at that time; null: they can. */
function refuseTime(at: number, { service, now }: FormContext): string | null {
  if (at < now - LATE) return 'this time has passed; choose a later one';
  if (at > now + FARTHEST) return `this is more than ${FARTHEST_DAYS} days ahead; choose an earlier time`;
  const hours = hoursOf(service);
  if (hours && !isOpen(hours, at))
    return `${service.name} is closed at this time; choose one within business hours`;
  return null;
}

const refuse = (field: string, reason: string): Refusal => ({
  ok: false,
  code: 'form.invalid',
  reason,
  field,
});
