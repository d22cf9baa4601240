// A box as its owner sees it: identity, place, settings, health. Pure.

import type { BodyNamed, BoxId } from '@smartbox/protocol';
import { limits, parseBoxId, parseLabel } from '@smartbox/protocol';

/** `claimed`: keys agreed, not heard of since. `live`: it has opened a session. `released`: given up. */
export type BoxLife = 'claimed' | 'live' | 'released';

/** What the operator wants in force at the box; versioned, applied at the next contact. */
export interface BoxSettings {
  readonly version: number;
  readonly language: 'ja' | 'en';
  /** Shown to people in trouble. */
  readonly helpPhone: string;
  readonly leftOpenMs: number;
  readonly idleMs: number;
}

/** A claimed box. */
export interface Box {
  readonly boxId: BoxId;
  readonly locationId: string;
  readonly name: string;
  readonly life: BoxLife;
  readonly binCount: number;
  readonly claimedAtMs: number;
  readonly settings: BoxSettings;
  /** Silence after which the box counts as offline. */
  readonly offlineAfterMs: number;
  readonly rev: number;
}

/** What is known of a box's present state, from its session and heartbeats. */
export interface BoxHealth {
  readonly online: boolean;
  readonly seenAtMs: number | null;
  readonly firmware: string;
  readonly settingsInForce: number;
  readonly mains: boolean | null;
  readonly batteryPercent: number | null;
}

/** Settings of a newly claimed box. */
export const firstSettings: BoxSettings = {
  version: 1,
  language: 'ja',
  helpPhone: '',
  leftOpenMs: 120_000,
  idleMs: 20_000,
};

/** Three heartbeats of a minute each may be missed. */
export const firstOfflineAfterMs = 180_000;

/** What the API calls a box. */
export function boxResourceId(boxId: BoxId): string {
  return `box_${boxId}`;
}

/** @returns the box that an API id names, or undefined for a text that is no such id */
export function readBoxResourceId(id: string): BoxId | undefined {
  return id.startsWith('box_') ? parseBoxId(id.slice(4)) : undefined;
}

/** @returns the box that a person named by its label, its number or its API id */
export function readBoxName(text: string): BoxId | undefined {
  return parseLabel(text) ?? parseBoxId(text) ?? readBoxResourceId(text);
}

/** The message that brings settings to the box. */
export function settingsBody(settings: BoxSettings): BodyNamed<'settings-changed'> {
  return { ...settings };
}

/** What stands for the owner inside the key exchange: opaque bytes. */
export const tenantTagBytes = limits.tagBytes;
