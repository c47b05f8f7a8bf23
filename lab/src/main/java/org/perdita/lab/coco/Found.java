package org.perdita.lab.coco;

/**
 * An object as detected.
 *
 * @param image the image's id
 * @param category the category's id
 * @param x left side of its box, pixels
 * @param y top side
 * @param width of the box
 * @param height of the box
 * @param score the more, the surer
 */
public record Found(
    int image, int category, double x, double y, double width, double height, double score) {}
