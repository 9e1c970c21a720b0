import { Command, Option } from 'commander';
import { Chalk } from 'chalk';
import { pretty } from '../../report/pretty.ts';
import { lint } from '../../rules/lint.ts';
import { readTeam } from '../../team/read.ts';
import { discoverTeams } from '../../workspace/discover.ts';
import { Disk } from '../../workspace/disk.ts';
import { Unusable } from '../unusable.ts';

/** `teamc lint`: everything that is wrong with a team. */
export function lintCommand(exit: (code: number) => void): Command {
  return new Command('lint')
    .description('everything that is wrong with a team')
    .argument('[paths...]', 'team folders, team files, or files inside a team')
    .addOption(new Option('--profile <profile>', 'how strict').choices(['regular', 'strict']))
    .action((paths: string[], options: { profile?: 'regular' | 'strict' }) => {
      const disk = new Disk(process.cwd());
      const { teams, lost } = discoverTeams(disk, paths);
      if (lost[0] !== undefined) throw new Unusable(`There is no team at "${lost[0]}".`);
      if (teams.length === 0) throw new Unusable('There is no team here. Name one, or start one with "teamc init".');
      let errors = 0;
      for (const path of teams) {
        const loaded = readTeam(path, disk);
        const found = lint(loaded, options.profile ? { profile: options.profile } : {});
        for (const diagnostic of found) process.stdout.write(`${pretty(diagnostic, loaded.documents, new Chalk())}\n\n`);
        errors += found.filter(({ severity }) => severity === 'error').length;
        process.stdout.write(`${path}: ${found.length} findings\n`);
      }
      exit(errors > 0 ? 1 : 0);
    });
}
