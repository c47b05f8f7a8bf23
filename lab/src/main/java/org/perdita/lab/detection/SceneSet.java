package org.perdita.lab.detection;

import java.util.List;

/**
 * Scenes to learn from, to choose settings by and to be measured on, all of one size.
 *
 * @param name as in the results
 * @param classes their names
 * @param side pixels of every scene
 * @param validation empty unless settings are chosen
 */
record SceneSet(
    String name,
    List<String> classes,
    int side,
    List<Scene> train,
    List<Scene> validation,
    List<Scene> test) {
  SceneSet {
    classes = List.copyOf(classes);
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }
}
