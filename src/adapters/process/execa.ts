/** What mhtctl uses of execa, by name, so that the bundle holds nothing else. */
export { execa } from 'execa';
