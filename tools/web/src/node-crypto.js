// Node 18 has WebCrypto, but not where browsers have it. Must be the first import.
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
