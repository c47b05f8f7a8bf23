package org.perdita.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * libtorch, started once and set up for training from Java.
 *
 * <pre>{@code
 * try (Engine.Scope run = Engine.scope()) {          // owns data and results
 *   Tensor images = EngineTensors.of(pixels, n, 1, 28, 28);
 *   for (int[] batch : batches) {
 *     try (Engine.Scope step = Engine.scope()) {     // frees every temporary
 *       Tensor x = EngineTensors.rows(images, batch);
 *       …
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>What starting does, each point because the engine's own setting costs a user dearly:
 *
 * <ul>
 *   <li>OpenBLAS gets one thread. Its pool spins beside the engine's and makes small networks four
 *       times slower; the engine's own thread count does not reach it.
 *   <li>The engine gets one thread, in each Java thread that opens a scope, unless {@link #threads}
 *       says otherwise. Results change in their last bits with the number of threads; whoever has
 *       more cores trains several networks side by side, each in its own Java thread.
 *   <li>NNPACK, a second library of convolutions, is off. Where it does not know the processor it
 *       says so on stderr at every small convolution; where it does, results would differ.
 *   <li>The binding's memory limit, four times the Java heap, is lifted: it throws {@link
 *       OutOfMemoryError} at a training that holds its data in the engine. Set {@code
 *       org.bytedeco.javacpp.maxBytes} or {@code maxPhysicalBytes} to have one. The binding reads
 *       these when its first class loads, so call into this package before any other engine class.
 * </ul>
 */
public final class Engine {
  private static final ThreadLocal<Boolean> READY =
      ThreadLocal.withInitial(
          () -> {
            Startup.run();
            torch.set_num_threads(1);
            return true;
          });

  private Engine() {}

  /**
   * Starts the engine, if it is not running, and readies the calling thread. All else in this
   * package calls it by itself.
   *
   * @throws EngineException if there is no libtorch for this platform on the class path
   */
  public static void start() {
    READY.get();
  }

  /**
   * Lets the engine work for the calling thread with {@code n} threads, from now on. For one
   * picture or network at a time: where several run side by side, one each is faster.
   */
  public static void threads(int n) {
    Refusal.unless(n > 0, "Engine: threads must be 1 or more, was " + n);
    start();
    torch.set_num_threads(n);
  }

  /** What trains, with the version of its binding: {@code libtorch 2.10.0-1.5.13}. */
  public static String name() {
    String properties = "/META-INF/maven/org.bytedeco/pytorch/pom.properties";
    Properties pom = new Properties();
    try (InputStream in = torch.class.getResourceAsStream(properties)) {
      if (in != null) {
        pom.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "libtorch " + pom.getProperty("version", "of unknown version");
  }

  /** Opens a scope; what the engine makes until it closes is freed then. */
  public static Scope scope() {
    start();
    return new Scope();
  }

  /**
   * Runs {@code work} in a scope of its own, turning what the engine throws into an {@link
   * EngineException} of one line. A tensor that it returns goes to the scope around the call.
   */
  @SuppressWarnings("unchecked")
  public static <T> T scoped(Supplier<T> work) {
    Scope scope = scope();
    try (scope) {
      T made = work.get();
      return made instanceof Pointer pointer ? (T) scope.keep(pointer) : made;
    } catch (RuntimeException e) {
      throw fromEngine(e) ? EngineException.of(e) : e;
    }
  }

  /** As {@link #scoped(Supplier)}, for work without a result. */
  public static void scoped(Runnable work) {
    scoped(
        () -> {
          work.run();
          return true;
        });
  }

  private static boolean fromEngine(RuntimeException e) {
    StackTraceElement[] stack = e.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith("org.bytedeco.");
  }

  /**
   * What the engine makes while this is the innermost open scope of its thread is freed when it
   * closes. Scopes nest and belong to the thread that opened them.
   *
   * <p>Parameters of a {@link Net}, state of an {@link Optimizer} and views of {@link
   * EngineTensors#view} outlive any scope. A tensor used after its scope is refused with an
   * exception; an element of a vector or tuple of the engine is only safe in the scope of that
   * vector, unless {@link Scope#keep} or {@link #scoped} hands it on.
   */
  public static final class Scope implements AutoCloseable {
    private final @Nullable PointerScope around = PointerScope.getInnerScope();
    private final Holder pointers = new Holder();

    private Scope() {}

    /**
     * Lets {@code made} outlive this scope, if this scope holds it: it goes to the scope around
     * this one, or to the garbage collector where there is none. A tensor that is part of something
     * the engine returned, such as one of a vector, is taken out of it first.
     *
     * @return what to use from now on
     */
    public <P extends Pointer> P keep(P made) {
      P own = taken(made);
      if (pointers.holds(own)) {
        own.retainReference();
        pointers.detach(own);
        if (around != null) {
          around.attach(own);
          own.releaseReference();
        }
      }
      return own;
    }

    /** A reference counts -1 where the memory is part of something else, which would free it. */
    @SuppressWarnings("unchecked")
    private static <P extends Pointer> P taken(P made) {
      return made.getClass() == Tensor.class && !made.isNull() && made.referenceCount() < 0
          ? (P) new Tensor((Tensor) made)
          : made;
    }

    @Override
    public void close() {
      pointers.close();
    }
  }

  /** A scope that can say what it holds. */
  private static final class Holder extends PointerScope {
    private final Set<Pointer> held = Collections.newSetFromMap(new IdentityHashMap<>());

    boolean holds(Pointer made) {
      return held.contains(made);
    }

    @Override
    public PointerScope attach(Pointer made) {
      held.add(made);
      return super.attach(made);
    }

    @Override
    public PointerScope detach(Pointer made) {
      held.remove(made);
      return super.detach(made);
    }
  }

  /** Done once in the life of the JVM. */
  private static final class Startup {
    private static final String LOADS = "org.bytedeco.javacpp.loadLibraries";

    private Startup() {}

    static synchronized void run() {
      unlimited("org.bytedeco.javacpp.maxBytes");
      unlimited("org.bytedeco.javacpp.maxPhysicalBytes");
      try {
        quietly(openblas_nolapack.class);
        openblas_nolapack.blas_set_num_threads(1);
        Loader.load(torch.class);
        torch.globalContext().setUserEnabledNNPACK(false);
      } catch (LinkageError e) {
        throw new EngineException(
            "Engine: no libtorch for "
                + Loader.getPlatform()
                + " on the class path; there are linux-x86_64, macosx-arm64 and windows-x86_64",
            e);
      }
    }

    /**
     * Initialises the presets of OpenBLAS, whose newest build on Maven Central is one release of
     * the binding behind: tested together, but the binding says so on stderr of every program,
     * unless it believes that nothing is to be loaded.
     */
    private static void quietly(Class<?> presets) {
      String loads = System.setProperty(LOADS, "false");
      try {
        Class.forName(presets.getName());
      } catch (ClassNotFoundException e) {
        throw new NoClassDefFoundError(e.getMessage());
      } finally {
        if (loads == null) {
          System.clearProperty(LOADS);
        } else {
          System.setProperty(LOADS, loads);
        }
      }
    }

    private static void unlimited(String property) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, "0");
      }
    }
  }
}
