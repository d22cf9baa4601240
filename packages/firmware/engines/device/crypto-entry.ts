// A program with the protocol's cryptography and nothing else: the base that the whole core is compared with.
import { serve } from './command.ts';
import { cryptoCommands } from './crypto-commands.ts';

serve(cryptoCommands);
