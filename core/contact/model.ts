import type { Colour, Device, Form, Page } from '../protocol/schemas.ts';
import type { EventEntry } from '../protocol/server-frames.ts';
import type { FileLimits } from '../service/files.ts';

/** Shared words of the contact domain. Times are milliseconds since the epoch, durations milliseconds. */

export type Side = 'visitor' | 'agent';
export const otherSide = (side: Side): Side => (side === 'visitor' ? 'agent' : 'visitor');
export type BothSides<T> = Readonly<Record<Side, T>>;

/** How a contact was entered, or what became of it when nobody answered. */
export type ContactKind = 'chat' | 'voice' | 'video' | 'callback' | 'lead';
export const CONTACT_KINDS: readonly ContactKind[] = ['chat', 'voice', 'video', 'callback', 'lead'];
/** Whether the visitor waits at the page, as opposed to having left word. */
export const isLiveKind = (kind: ContactKind): boolean => kind !== 'callback' && kind !== 'lead';

export type ChannelName = 'sharing' | 'chat' | 'voice' | 'video';
export const CHANNELS: readonly ChannelName[] = ['sharing', 'chat', 'voice', 'video'];
export type ChannelState = 'active' | 'connecting' | 'available' | 'unavailable';
export type Channels = Readonly<Record<ChannelName, ChannelState>>;

export type CallKind = 'voice' | 'video';
/** Devices of one side, as that side reports them. */
export interface MediaState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly sound: boolean;
  /** A screen, window or tab is sent in place of the camera's picture. */
  readonly screen: boolean;
}

export interface Visitor {
  readonly id: string;
  readonly name: string;
  readonly verified: boolean;
  readonly isNew: boolean;
  readonly language: string;
  readonly country: string | null;
  readonly page: Page;
  readonly device: Device;
}

export interface AssignedAgent {
  readonly id: string;
  readonly name: string;
  /** Address of their picture. */
  readonly picture: string | null;
  /** Whether visitors may ask this agent for such a call. The agent may start one all the same. */
  readonly voice: boolean;
  readonly video: boolean;
  /** Whether the service lets the agent have a video call beside their other contacts. */
  readonly mayVideo: boolean;
}

/** Where a contact may be handed over to. A service brings its own settings along. */
export type TransferTarget =
  | { readonly kind: 'agent'; readonly id: string; readonly name: string }
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly name: string;
      readonly settings: ContactSettings;
    };

/** An offer to a colleague that has not been answered. The contact stays with its agent meanwhile. */
export interface Transfer {
  readonly to: TransferTarget;
  readonly note: string;
  readonly at: number;
  readonly until: number;
}

export interface Rating {
  readonly score: number;
  readonly comment: string;
}

export type { Colour, Form };

export type RecordingPolicy = 'off' | 'ask' | 'always';

/** What a side's browser may do with a device: it does so, has not been asked, was refused, has no such device, cannot at all. */
export type Permission = 'granted' | 'prompt' | 'denied' | 'missing' | 'unsupported';
export interface Permissions {
  readonly microphone: Permission;
  readonly camera: Permission;
}

/** What the service allowed when the contact was opened. */
export interface ContactSettings {
  readonly voice: boolean;
  readonly video: boolean;
  readonly recording: RecordingPolicy;
  /** Longest wait before the contact is dissuaded. */
  readonly maxWait: number;
  /** How long a lost agent keeps the contact. */
  readonly grace: number;
  /** How long a call request rings. */
  readonly ring: number;
  /** How long a transfer waits for an answer. */
  readonly transfer: number;
  /** A call begins with voice alone; a picture is added in the call. */
  readonly audioFirst: boolean;
  /** Ceiling of what a side sends: 128–300 kb/s, 400–500 kb/s, or none. */
  readonly bitrate: 'low' | 'high' | 'free';
  /** Corner of the own picture. */
  readonly selfView: 'left' | 'right';
  /** What either side may send as a file. */
  readonly files: FileLimits;
}

/** What an event line of the conversation says; the desk adds id, time and offset. */
export interface LoggedEvent {
  readonly event: EventName;
  readonly side: Side | null;
  readonly name: string | null;
  readonly call: CallKind | null;
  readonly seconds: number | null;
  readonly text: string | null;
  readonly score: number | null;
}

export type EventName = EventEntry['event'];

export const secondsBetween = (from: number, to: number): number =>
  Math.max(0, Math.round((to - from) / 1000));
