package org.perdita.lab.detection;

import java.util.List;

/**
 * Scenes to learn from and scenes to be measured on, all of one size.
 *
 * @param name as in the results
 * @param classes their names
 * @param side pixels of every scene
 */
record SceneSet(String name, List<String> classes, int side, List<Scene> train, List<Scene> test) {
  SceneSet {
    classes = List.copyOf(classes);
    train = List.copyOf(train);
    test = List.copyOf(test);
  }
}
