/** The questions mhtctl asks, by name, so that the bundle holds no others. */
export { confirm, input, select } from '@inquirer/prompts';
