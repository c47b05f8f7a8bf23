package org.perdita.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.perdita.lab.experiment.Refusal;

/**
 * Who hands out the work.
 *
 * @param url as Spark knows it
 * @param addresses where it may be asked for; empty if that is not known, or in this process
 */
record Master(String url, List<InetSocketAddress> addresses) {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|[1-9]\\d*)(,\\d+)?])?");
  private static final Pattern PLACE = Pattern.compile("([^:/@]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");
  private static final String SCHEME = "spark://";

  Master {
    addresses = List.copyOf(addresses);
  }

  /**
   * What {@code --on} says.
   *
   * @throws Refusal if it is neither {@code spark://…} nor {@code local…}
   */
  static Master of(String on) {
    if (LOCAL.matcher(on).matches()) {
      return new Master(on, List.of());
    }
    if (on.startsWith(SCHEME)) {
      return new Master(
          on, Stream.of(on.substring(SCHEME.length()).split(",", -1)).map(p -> at(p, on)).toList());
    }
    throw bad(on);
  }

  /** What {@code spark-submit} says, which Spark has understood before us. */
  static Master trusted(String master) {
    return master.startsWith(SCHEME) ? of(master) : new Master(master, List.of());
  }

  private static InetSocketAddress at(String place, String on) {
    Matcher matcher = PLACE.matcher(place);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw bad(on);
    }
    return InetSocketAddress.createUnresolved(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  private static Refusal bad(String on) {
    return new Refusal("--on: must be spark://HOST:PORT or local[N], was " + on);
  }

  /** Whether it is this process. */
  boolean local() {
    return LOCAL.matcher(url).matches();
  }

  /** Whether everything is on this machine. */
  boolean loopback() {
    return local()
        || (!addresses.isEmpty()
            && addresses.stream().allMatch(address -> loopback(address.getHostString())));
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Asks whether there is somebody, since Spark itself takes a minute to say that there is not.
   *
   * @throws Refusal if nobody answers
   */
  void probe() {
    String reason = "";
    for (InetSocketAddress address : addresses) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(address.getHostString(), address.getPort()), PATIENCE_MILLIS);
        return;
      } catch (UnknownHostException e) {
        reason = "there is no host " + address.getHostString();
      } catch (IOException e) {
        reason = e.getMessage();
      }
    }
    if (!addresses.isEmpty()) {
      throw new Refusal("--on: no Spark master answers at " + url + ": " + reason);
    }
  }
}
