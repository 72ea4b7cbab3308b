// The library that drives Chromium, also with the node of Debian 12.
const OWN_VERSION = Object.getOwnPropertyDescriptor(process.versions, 'node');

// Debian 12 has node 18. The library turns it away when it is loaded, though all that is used of it
// here works there; so it is shown the version that it asks for, and only while it looks.
if (Number.parseInt(process.versions.node, 10) === 18) {
  Object.defineProperty(process.versions, 'node', { ...OWN_VERSION, value: '20.0.0' });
}
export const { chromium } = await import('playwright-core');
Object.defineProperty(process.versions, 'node', OWN_VERSION);
