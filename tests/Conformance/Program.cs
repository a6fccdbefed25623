if (args is ["sla", ..]) return Conformance.Sla.SlaCommand.Run(args[1..]);
Console.Error.WriteLine("usage: sla FILE.json");
return 2;
