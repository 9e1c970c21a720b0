// Loaded into a process before teamc: notes each connection, each process that is started, each text that becomes code and
// each file that is written, so that a test can say what a command did to the world.
const fs = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');
const processes = require('node:child_process');
const vm = require('node:vm');
const path = require('node:path');

const log = fs.openSync(process.env.TEAMC_WATCHED, 'a');
const { writeSync } = fs;
const note = (what, detail) => writeSync(log, `${JSON.stringify({ what, detail: String(detail) })}\n`);

function watch(owner, name, what, detail) {
  const own = owner[name];
  owner[name] = function watched(...given) {
    note(what, detail(given));
    return own.apply(this, given);
  };
}

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
  watch(processes, name, 'process', ([command]) => command);
watch(net.Socket.prototype, 'connect', 'connection', ([to]) => JSON.stringify(to));
watch(dns, 'lookup', 'connection', ([host]) => host);
for (const name of ['runInThisContext', 'runInNewContext', 'runInContext', 'compileFunction'])
  watch(vm, name, 'code', ([text]) => String(text).slice(0, 60));
for (const name of [
  'writeFileSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'symlinkSync',
  'linkSync',
  'copyFileSync',
  'unlinkSync',
  'openSync',
]) {
  watch(fs, name, 'write', ([file, flags]) => {
    if (
      name === 'openSync' &&
      (flags === undefined || flags === 'r' || (typeof flags === 'number' && (flags & 3) === 0))
    )
      return '';
    return typeof file === 'number' ? '' : path.resolve(String(file));
  });
}
