// The program that every embedded engine runs: the whole firmware core and protocol, on one line in, one line out.
import { serve } from './command.ts';
import { coreCommands } from './core-commands.ts';
import { cryptoCommands } from './crypto-commands.ts';

serve({ ...cryptoCommands, ...coreCommands });
