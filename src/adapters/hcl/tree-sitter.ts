/** What mhtctl uses of web-tree-sitter; see `adapters/aws/sdk/s3.ts` for why by name. */
export { Language, Parser } from 'web-tree-sitter';
