package dev.rondo.cli;

import dev.rondo.api.device.DeviceException;
import dev.rondo.api.spi.DataException;
import dev.rondo.api.spi.UsageException;
import dev.rondo.core.train.DivergedException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one message without a stack trace, and which exit code that is. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final Main main;

    Failures(Main main) {
        this.main = main;
    }

    @Override
    public int handleParseException(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        main.err().println("rondo: " + error.getMessage());
        if (error instanceof UnmatchedArgumentException unmatched) {
            unmatched.getSuggestions().stream()
                    .limit(3)
                    .forEach(each -> main.err().println("  did you mean: " + each));
        }
        main.err().println("  `" + command.getCommandSpec().qualifiedName() + " --help` lists what it takes");
        if (Arrays.asList(args).contains("--verbose")) {
            error.printStackTrace(main.err());
        }
        return WRONG_USAGE;
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        main.err().println("rondo: " + message(error));
        if (main.verbose()) {
            error.printStackTrace(main.err());
        }
        return error instanceof UsageException ? WRONG_USAGE : FAILED;
    }

    /** The heap is used up, or the native memory that the launcher limits likewise. */
    int handleMemory(OutOfMemoryError error) {
        main.err()
                .println("rondo: there is too little memory (" + error.getMessage()
                        + "): RONDO_MEMORY=8g gives more; fewer or shorter series and smaller layers need less");
        if (main.verbose()) {
            error.printStackTrace(main.err());
        }
        return FAILED;
    }

    private String message(Exception error) {
        String text = error.getMessage();
        if (error instanceof UsageException
                || error instanceof DataException
                || error instanceof DivergedException
                || error instanceof DeviceException) {
            return String.valueOf(text);
        }
        return "this should not have happened: " + error.getClass().getSimpleName() + (text == null ? "" : ": " + text)
                + (main.verbose() ? "" : "\n  --verbose shows where");
    }
}
