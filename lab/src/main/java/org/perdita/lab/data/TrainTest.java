package org.perdita.lab.data;

/**
 * What a network learns from and what it is judged on; the two share no image.
 *
 * @param train the images to learn from
 * @param test the images to judge on, under their true labels
 */
public record TrainTest(ImageSet train, ImageSet test) {}
