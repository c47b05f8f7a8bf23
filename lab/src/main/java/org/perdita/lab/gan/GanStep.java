package org.perdita.lab.gan;

/**
 * What was seen in one step of a training: the critic's last step and the generator's.
 *
 * @param number counted from 1
 * @param critic the critic's value in its game, without penalty
 * @param penalty λ times the penalty; 0 where there is none
 * @param generator the generator's value
 * @param spread the highest less the lowest of the critic's scores; NaN for an autoencoder
 * @param balance BEGAN's k after the step; NaN in other games
 * @param convergence BEGAN's M; NaN in other games
 */
public record GanStep(
    int number,
    double critic,
    double penalty,
    double generator,
    double spread,
    double balance,
    double convergence) {}
