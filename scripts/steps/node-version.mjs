// Imported first and for its effect: everything after it may use what this version of Node has.
const [major, minor] = process.versions.node.split('.').map(Number);
const leastMajor = 20;
const leastMinor = 19;

if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  console.error(
    `Poinciana needs Node ${leastMajor}.${leastMinor} or newer, and this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}
