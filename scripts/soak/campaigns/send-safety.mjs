/** The dispatch process is killed 200 times while it sends over every channel at once with faults on; the kills follow from the seed. */
export const campaign = {
  description:
    'dispatch, killed 200 times while it sends over every channel at once, counted on the side of the providers',
  packages: ['services/communication-dispatch', 'services/channel-simulator'],
  program: 'services/communication-dispatch/dist/test/soak-send-safety.js',
};
