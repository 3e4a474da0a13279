/** The three layers of a plan file, by name, so that the bundle holds nothing else. */
export { BinaryReader } from '@bufbuild/protobuf/wire';
export { decode } from '@msgpack/msgpack';
export { unzipSync } from 'fflate';
