import { packageVersion } from '../workspace/package.ts';
import { processIo } from './io.ts';
import { main } from './main.ts';
import { questionOf, repeat } from './remember.ts';

const argv = process.argv.slice(2);
const io = processIo();
const question = questionOf(argv, io);
const known = question && repeat(question, io);

if (known !== undefined) process.exitCode ||= known;
else if (argv.length === 1 && argv[0] === '--version') io.stdout.write(`${packageVersion()}\n`);
else
  void main(argv, question ? Object.assign(io, { question }) : io).then((code) => {
    process.exitCode ||= code;
  });
