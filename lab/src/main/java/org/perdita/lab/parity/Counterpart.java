package org.perdita.lab.parity;

import java.util.function.Function;

/**
 * A loss of another library, and how to get its number.
 *
 * @param loss the loss here, by its class
 * @param library the library, with its version or commit
 * @param call what is called there, with what matters of its arguments
 * @param convention how its conventions differ from ours: reduction, weights, targets, settings
 * @param wrong where the library is wrong and why, or empty
 * @param code the lines that give its number, which {@code recipe} runs
 * @param recipe those lines
 * @param file the golden file that holds it
 * @param golden the case in that file
 */
public record Counterpart(
    String loss,
    String library,
    String call,
    String convention,
    String wrong,
    String code,
    Function<Inputs, Answer> recipe,
    String file,
    String golden) {

  /** What a case gives a recipe. */
  public interface Inputs {
    /** A dense input. */
    org.perdita.Tensor tensor(String name);

    /** An input of class indices. */
    org.perdita.Labels labels(String name);
  }

  /** Begins a counterpart. */
  static Builder of(String loss, String library, String call) {
    return new Builder(loss, library, call, "", "");
  }

  /** A counterpart on its way. */
  record Builder(String loss, String library, String call, String convention, String wrong) {

    /** How its conventions differ. */
    Builder differs(String convention) {
      return new Builder(loss, library, call, convention, wrong);
    }

    /** Where it is wrong. */
    Builder wrong(String wrong) {
      return new Builder(loss, library, call, convention, wrong);
    }

    /**
     * The lines, and what holds them.
     *
     * @param source the class whose source has a region called {@code golden}
     */
    Counterpart by(Class<?> source, Function<Inputs, Answer> recipe, String file, String golden) {
      String code = Regions.read(source, golden);
      return new Counterpart(loss, library, call, convention, wrong, code, recipe, file, golden);
    }
  }
}
