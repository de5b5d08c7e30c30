export { readDataFolder } from './data-folder.js';
export { readIfThere, writeWhole } from './whole-file.js';
