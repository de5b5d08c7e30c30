export { type Bilingual } from './bilingual.js';
export { InputError, formatPlace, type Place } from './input-error.js';
