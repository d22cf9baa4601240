// A program with the codes for openings without the cloud and nothing else. Apart from the whole core's program, so
// that these commands do not count as part of what a box must hold.
import { serve } from './command.ts';
import { offlineCommands } from './offline-commands.ts';

serve(offlineCommands);
