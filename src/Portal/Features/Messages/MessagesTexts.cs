namespace Portal.Features.Messages;

public sealed class MessagesTexts;
