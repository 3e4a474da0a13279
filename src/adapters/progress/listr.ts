/** What mhtctl uses of listr2, by name, so that the bundle holds nothing else. */
export { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from 'listr2';
