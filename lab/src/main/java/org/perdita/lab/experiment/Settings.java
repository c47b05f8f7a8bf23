package org.perdita.lab.experiment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a settings record: its numbers by name, and the reason beside each. A component {@code
 * trainImages} is called {@code train images}.
 */
public final class Settings {
  private Settings() {}

  /** Each component's value. */
  public static Map<String, Object> values(Record settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.put(name(component), component.getAccessor().invoke(settings));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("Settings: cannot read " + component, e);
      }
    }
    return values;
  }

  /** Each component's reason, where it has one. */
  public static Map<String, String> reasons(Class<? extends Record> settings) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (RecordComponent component : settings.getRecordComponents()) {
      Because because = component.getAnnotation(Because.class);
      if (because != null) {
        reasons.put(name(component), because.value());
      }
    }
    return reasons;
  }

  private static String name(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
