return args is ["sla", .. var rest]
    ? Conformance.Sla.SlaCommand.Run(rest)
    : await Conformance.Rewards.RewardCommand.RunAsync(args);
