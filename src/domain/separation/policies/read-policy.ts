import type { PolicyFact } from '../facts.js';
import type { PolicyDocument } from './document.js';

/** A policy with what it says. */
export interface ReadPolicy {
  readonly fact: PolicyFact;
  readonly document: PolicyDocument;
}
